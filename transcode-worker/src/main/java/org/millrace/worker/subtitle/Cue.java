package org.millrace.worker.subtitle;

/**
 * One subtitle.
 *
 * @param startMillis when it appears, from the start of the video
 * @param endMillis when it goes, later than that
 * @param text of one or more lines, in WebVTT's notation, safe: plain text with bold, italic and underlined parts
 */
record Cue(long startMillis, long endMillis, String text) {}
