package org.millrace.api.library;

import java.util.List;

/**
 * A video on its own page.
 *
 * @param id its identifier
 * @param title any text
 * @param description any text; may be empty
 * @param state a {@link org.millrace.api.ledger.VideoState}
 * @param stateText the state in words
 * @param stage queue place, speed and time left in words; null if there is nothing to say
 * @param progress whole per cent
 * @param playable whether it can be played now
 * @param partial whether a part of the source is missing
 * @param partialText what is missing; null if nothing is
 * @param failureMessage why it failed, in words; null unless it did
 * @param failureCode why it failed, for programs; null unless it did
 * @param canRetry whether trying again could help
 * @param hlsUrl multivariant playlist; null until it can be played
 * @param mp4Url progressive MP4; null until it exists
 * @param posterUrl its picture; null until there is one
 * @param durationSeconds 0 until known
 * @param duration for example {@code 1:02:03}; null until known
 * @param width of the original as it is seen; 0 until known
 * @param height of the original as it is seen; 0 until known
 * @param sizeText size of the original in words
 * @param uploadedText when it was uploaded, in words
 * @param renditions what can be chosen, best first
 */
public record VideoPage(
        String id,
        String title,
        String description,
        String state,
        String stateText,
        String stage,
        int progress,
        boolean playable,
        boolean partial,
        String partialText,
        String failureMessage,
        String failureCode,
        boolean canRetry,
        String hlsUrl,
        String mp4Url,
        String posterUrl,
        double durationSeconds,
        String duration,
        int width,
        int height,
        String sizeText,
        String uploadedText,
        List<Rendition> renditions) {

    /**
     * One size of the video.
     *
     * @param name for example {@code 720p}
     * @param width pixels
     * @param height pixels
     * @param sizeText of its file, in words
     */
    public record Rendition(String name, int width, int height, String sizeText) {}
}
