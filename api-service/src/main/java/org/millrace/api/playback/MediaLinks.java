package org.millrace.api.playback;

import java.util.List;

/**
 * Where a video's media can be fetched; each URL is relative to the server.
 *
 * @param hls the multivariant playlist for any player: the finished one, or else one that grows and lists what there is;
 *     null until the video can be played
 * @param live the growing multivariant playlist that lists also renditions that have no segment yet; null unless the
 *     video is played while it is made
 * @param mp4 the progressive MP4; null until it exists
 * @param poster the picture that stands for the video, a JPEG; null until it exists
 * @param storyboard WebVTT that names a small picture for every span of time; null until it exists
 * @param clip a short silent MP4 for lists; null until it exists
 * @param subtitles what can be read with it
 */
public record MediaLinks(
        String hls, String live, String mp4, String poster, String storyboard, String clip, List<Subtitles> subtitles) {

    /** Takes a copy of the list. */
    public MediaLinks {
        subtitles = List.copyOf(subtitles);
    }

    /**
     * Subtitles to choose.
     *
     * @param label what menus call them
     * @param language as RFC 5646 wants it; null if unknown
     * @param url WebVTT
     */
    public record Subtitles(String label, String language, String url) {}

    /** The MP4 as something to save instead of to show; null until it exists. */
    public String download() {
        return mp4 == null ? null : mp4 + "?download";
    }
}
