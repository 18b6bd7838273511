/**
 * The worker's first step: takes offered tasks, gives each a slot and an attempt of its own, and acknowledges them once
 * their outcome is safe. Next: {@link org.millrace.worker.analyse} for questions about a source and
 * {@link org.millrace.worker.encode} for everything that makes media.
 */
package org.millrace.worker.intake;
