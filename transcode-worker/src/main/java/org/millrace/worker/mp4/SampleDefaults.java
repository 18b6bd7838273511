package org.millrace.worker.mp4;

/**
 * What holds for samples of which nothing else is said.
 *
 * @param duration ticks
 * @param size bytes
 * @param flags as the box format packs them
 */
public record SampleDefaults(long duration, long size, int flags) {}
