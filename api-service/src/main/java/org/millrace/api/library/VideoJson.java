package org.millrace.api.library;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.playback.MediaLinks;
import org.millrace.api.status.VideoStatus;

/**
 * A video as programs see it.
 *
 * @param id its identifier
 * @param title what people call it
 * @param description what people say about it; may be empty
 * @param state where it stands
 * @param progress how far the work is, 0 to 100
 * @param playable whether {@code media.hls} plays
 * @param partial whether a part of the source is missing in it
 * @param durationSeconds its length; null until known
 * @param createdAt when the upload was complete
 * @param failure why it failed or was rejected; null unless it was
 * @param media where its media are
 * @param status what is being done to it right now
 */
@Schema(name = "Video")
public record VideoJson(
        String id,
        String title,
        String description,
        VideoState state,
        double progress,
        boolean playable,
        boolean partial,
        Double durationSeconds,
        Instant createdAt,
        Failure failure,
        Media media,
        VideoStatus status) {

    /**
     * Why a video cannot be had.
     *
     * @param code stable, see {@code docs/errors.md}
     * @param message the same in words
     */
    @Schema(name = "VideoFailure")
    public record Failure(String code, String message) {}

    /**
     * Addresses relative to the server; each is null until there is something.
     *
     * @param hls adaptive stream for any player; while the video is being made it lists what there is
     * @param live adaptive stream that lists also what is still to come, for a player that is told by {@code status} how
     *     far each rendition is; null unless the video is played while it is being made
     * @param mp4 one file that every player knows
     * @param poster the picture that stands for the video
     * @param storyboard WebVTT that names a small picture for every span of time
     * @param clip a short moving picture without sound
     * @param subtitles what can be read with it; empty if there is nothing
     */
    @Schema(name = "VideoMedia")
    public record Media(
            String hls,
            String live,
            String mp4,
            String poster,
            String storyboard,
            String clip,
            List<Subtitles> subtitles) {

        static Media of(MediaLinks links) {
            return new Media(
                    links.hls(),
                    links.live(),
                    links.mp4(),
                    links.poster(),
                    links.storyboard(),
                    links.clip(),
                    links.subtitles().stream()
                            .map(each -> new Subtitles(each.label(), each.language(), each.url()))
                            .toList());
        }
    }

    /**
     * Subtitles to choose.
     *
     * @param label what menus call them
     * @param language as RFC 5646 wants it; null if unknown
     * @param url WebVTT
     */
    @Schema(name = "VideoSubtitles")
    public record Subtitles(String label, String language, String url) {}
}
