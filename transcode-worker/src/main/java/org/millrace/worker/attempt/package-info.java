/**
 * An attempt in the course: its identity, its scratch folder, its progress, how it is stopped, how it reads objects and
 * runs converters, and how it fails. Like {@link org.millrace.worker.ffmpeg} it knows no step; every step may use it.
 */
package org.millrace.worker.attempt;
