package org.millrace.model.task;

/**
 * How to read the sound out of a source.
 *
 * @param track stream index in the file
 * @param startSeconds the file's first time stamp: zero of the output's time line
 * @param language ISO 639-2 code; null if unknown
 * @param title the track's own name; null if it has none
 * @param channels of the source; null in messages of version 1
 */
public record AudioInput(int track, double startSeconds, String language, String title, Integer channels) {

    /** Channels of the result: mono stays mono, everything else becomes stereo. */
    public int mixedChannels() {
        return channels != null && channels == 1 ? 1 : 2;
    }
}
