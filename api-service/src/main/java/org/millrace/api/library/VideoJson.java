package org.millrace.api.library;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.millrace.api.ledger.VideoState;
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
     * @param hls adaptive stream
     * @param mp4 one file that every player knows
     * @param poster the picture that stands for the video
     */
    @Schema(name = "VideoMedia")
    public record Media(String hls, String mp4, String poster) {}
}
