package org.millrace.worker.mp4;

/**
 * One coded frame of picture or sound.
 *
 * @param decodeTime ticks of the media
 * @param presentationTime ticks of the media; the track's edit list shifts them to what is shown
 * @param duration ticks
 * @param offset of its first byte in the file
 * @param size bytes
 * @param sync whether decoding can start here
 */
public record Sample(long decodeTime, long presentationTime, long duration, long offset, long size, boolean sync) {}
