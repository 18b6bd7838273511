/**
 * Makes media: chunks of all renditions, sound, whole renditions joined from chunks, the poster and the progressive file.
 * Previous: {@link org.millrace.worker.intake}. Next: {@link org.millrace.worker.verify}, without which nothing is
 * published.
 */
package org.millrace.worker.encode;
