package org.millrace.api.library;

import java.util.List;
import org.millrace.api.playback.MediaLinks;

/**
 * A video on its own page.
 *
 * @param id its identifier
 * @param title any text
 * @param description any text; may be empty
 * @param state a {@link org.millrace.api.ledger.VideoState}
 * @param stateText the state in words
 * @param detail queue place, speed, time left and the like in words; null if there is nothing to say
 * @param progress whole per cent
 * @param playable whether it can be played now
 * @param partial whether a part of the source is missing
 * @param partialText what is missing; null if nothing is
 * @param failureMessage why it failed, in words; null unless it did
 * @param failureCode why it failed, for programs; null unless it did
 * @param audioOnly whether there is nothing to see in it
 * @param durationSeconds 0 until known
 * @param media where its media are
 * @param can what may be done to it now
 * @param facts what is known of it
 * @param report what was done to it; null before its header is read
 */
public record VideoPage(
        String id,
        String title,
        String description,
        String state,
        String stateText,
        String detail,
        int progress,
        boolean playable,
        boolean partial,
        String partialText,
        String failureMessage,
        String failureCode,
        boolean audioOnly,
        double durationSeconds,
        MediaLinks media,
        Can can,
        Facts facts,
        ReportCard report) {

    /**
     * What may be done to it.
     *
     * @param retry whether trying again could help
     * @param cancel whether there is work to stop
     * @param encodeAgain whether all renditions can be made anew
     * @param choosePoster whether another moment can become its poster
     */
    public record Can(boolean retry, boolean cancel, boolean encodeAgain, boolean choosePoster) {}

    /**
     * What is known of it, in words.
     *
     * @param uploaded when
     * @param duration for example {@code 1:02:03}; null until known
     * @param original size of the picture and of the file
     * @param encoding how its renditions are made
     * @param renditions what can be chosen, best first
     */
    public record Facts(
            String uploaded, String duration, String original, String encoding, List<Rendition> renditions) {

        /** Takes a copy of the list. */
        public Facts {
            renditions = List.copyOf(renditions);
        }
    }

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
