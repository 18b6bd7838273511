/**
 * Takes subtitles made of text out of a source and writes them anew, because what a source holds must never reach a
 * browser as it is. Previous: {@link org.millrace.worker.analyse}. Next: {@link org.millrace.worker.publish}.
 */
package org.millrace.worker.subtitle;
