package org.millrace.model.task;

import org.millrace.model.media.VideoTrack;

/**
 * How to read the picture out of a source: all that a worker has to know, so that it need not look at the header again.
 *
 * @param track stream index in the file
 * @param startSeconds the file's first time stamp: zero of the grid
 * @param holdFrames frames by which the last picture is held because the sound goes on after it
 * @param container FFmpeg's demuxer name; null in messages of version 1
 * @param facts what the header says of the track; null in messages of version 1
 */
public record VideoInput(int track, double startSeconds, long holdFrames, String container, VideoTrack facts) {

    /** The same without holding the last picture. */
    public VideoInput withoutHold() {
        return new VideoInput(track, startSeconds, 0, container, facts);
    }
}
