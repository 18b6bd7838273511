package org.millrace.model.task;

/**
 * How to read the picture out of a source.
 *
 * @param track stream index in the file
 * @param startSeconds the file's first time stamp: zero of the grid
 * @param deinterlace whether frames are made of two fields
 * @param toneMap whether the source is high dynamic range and has to be mapped to ordinary screens
 * @param pixels of a decoded frame, for the memory budget
 * @param holdFrames frames by which the last picture is held because the sound goes on after it
 */
public record VideoInput(
        int track, double startSeconds, boolean deinterlace, boolean toneMap, long pixels, long holdFrames) {}
