package org.millrace.worker.ffmpeg;

import java.time.Duration;

/**
 * A chapter of a file.
 *
 * @param start where it begins, in the file's timestamps; null if unknown
 * @param end where it ends; null if unknown
 * @param title from the file, never trusted; null if it has none
 */
public record ProbeChapter(Duration start, Duration end, String title) {}
