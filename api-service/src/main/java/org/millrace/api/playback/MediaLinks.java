package org.millrace.api.playback;

/**
 * Where a video's media can be fetched; each URL is relative to the server.
 *
 * @param hls the multivariant playlist; null until the video can be played
 * @param mp4 the progressive MP4; null until it exists
 * @param poster the picture that stands for the video, a JPEG; null until it exists
 */
public record MediaLinks(String hls, String mp4, String poster) {

    /** The MP4 as something to save instead of to show; null until it exists. */
    public String download() {
        return mp4 == null ? null : mp4 + "?download";
    }
}
