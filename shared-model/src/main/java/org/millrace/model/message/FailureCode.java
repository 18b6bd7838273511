package org.millrace.model.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * Every reason an attempt or a video can fail for: a stable code for programs, a sentence for the owner, and what it
 * means for trying again. {@code docs/errors.md} lists the same codes; a test compares them.
 */
public enum FailureCode {
    EMPTY_FILE("empty-file", FailureClass.IMPOSSIBLE, true, "The file is empty."),
    NOT_A_VIDEO(
            "not-a-video",
            FailureClass.IMPOSSIBLE,
            true,
            "This file is not a video, or of a kind that cannot be recognised."),
    NO_VIDEO_TRACK(
            "no-video-track",
            FailureClass.IMPOSSIBLE,
            true,
            "The file has neither a picture nor a sound that can be read."),
    DOLBY_VISION(
            "dolby-vision",
            FailureClass.IMPOSSIBLE,
            true,
            "The colours are stored in a form of Dolby Vision that only licensed players can show (profile 5)."),
    ENCRYPTED(
            "encrypted",
            FailureClass.IMPOSSIBLE,
            true,
            "The file is copy-protected or encrypted; only its publisher's player can show it."),
    UNKNOWN_CODEC(
            "unknown-codec", FailureClass.IMPOSSIBLE, true, "The picture is stored in a format that cannot be read."),
    NOTHING_DECODABLE(
            "nothing-decodable",
            FailureClass.IMPOSSIBLE,
            true,
            "No picture could be read from the file: it is damaged from the start."),
    TOO_SHORT("too-short", FailureClass.IMPOSSIBLE, true, "The file ends before the first picture."),
    PICTURE_TOO_LARGE(
            "picture-too-large", FailureClass.IMPOSSIBLE, true, "The picture is larger than this server converts."),
    TOO_COMPLEX(
            "too-complex",
            FailureClass.IMPOSSIBLE,
            true,
            "Reading the file takes more time or memory than this server allows."),
    DECODE_FAILED(
            "decode-failed", FailureClass.TRICKY, true, "The file is damaged: the picture could not be read through."),
    OUTPUT_INVALID(
            "output-invalid",
            FailureClass.TRICKY,
            false,
            "The converted video did not match the original and was not published."),
    ENCODER_KILLED("encoder-killed", FailureClass.TRANSIENT, false, "The converter was stopped from outside."),
    ENCODER_STALLED("encoder-stalled", FailureClass.TRANSIENT, false, "The converter stood still and was stopped."),
    ENCODER_FAILED("encoder-failed", FailureClass.TRICKY, false, "The converter gave up on this file."),
    ENCODER_DIFFERS(
            "encoder-differs",
            FailureClass.TRANSIENT,
            false,
            "Two workers use encoders that do not fit together for one video."),
    OUT_OF_MEMORY("out-of-memory", FailureClass.TRANSIENT, false, "The converter needed more memory than it may use."),
    OUT_OF_SPACE(
            "out-of-space", FailureClass.TRANSIENT, false, "There was not enough free space to convert the video."),
    SOURCE_MISSING("source-missing", FailureClass.IMPOSSIBLE, false, "The uploaded file is no longer in the store."),
    STORE_ERROR("store-error", FailureClass.TRANSIENT, false, "The media store could not be read or written."),
    WORKER_LOST("worker-lost", FailureClass.TRANSIENT, false, "The worker that converted the video went away."),
    INTERNAL("internal", FailureClass.TRANSIENT, false, "Something went wrong inside Millrace.");

    private final String slug;
    private final FailureClass failureClass;
    private final boolean rejection;
    private final String sentence;

    FailureCode(String slug, FailureClass failureClass, boolean rejection, String sentence) {
        this.slug = slug;
        this.failureClass = failureClass;
        this.rejection = rejection;
        this.sentence = sentence;
    }

    /** The stable code, for example {@code no-video-track}. */
    @JsonValue
    public String slug() {
        return slug;
    }

    /** What this failure says about trying again, unless the worker knows better. */
    public FailureClass failureClass() {
        return failureClass;
    }

    /** Whether the file itself is the reason: the video is then rejected, not failed. */
    public boolean isRejection() {
        return rejection;
    }

    /** Whether another treatment of the source could help: the machine was not to blame. */
    public boolean isAboutContent() {
        return failureClass != FailureClass.TRANSIENT;
    }

    /** The reason in words, for the owner. */
    public String sentence() {
        return sentence;
    }

    /**
     * The code of a slug.
     *
     * @return {@link #INTERNAL} for a slug of a newer version that this one does not know
     */
    @JsonCreator
    public static FailureCode ofSlug(String slug) {
        return Arrays.stream(values())
                .filter(code -> code.slug.equals(slug))
                .findFirst()
                .orElse(INTERNAL);
    }
}
