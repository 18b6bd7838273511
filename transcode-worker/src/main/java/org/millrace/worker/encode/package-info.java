/**
 * Makes media: chunks of all renditions, leads of one rendition and copied pictures that are published as they grow,
 * sound, whole renditions joined from all these pieces, the poster and the progressive file.
 * Previous: {@link org.millrace.worker.intake}. Next: {@link org.millrace.worker.verify}, without which nothing is
 * published.
 */
package org.millrace.worker.encode;
