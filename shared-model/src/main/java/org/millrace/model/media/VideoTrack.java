package org.millrace.model.media;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What a file's header says about one of its video tracks.
 *
 * @param index stream index in the file, from 0
 * @param codec FFmpeg's codec name, for example {@code h264}; never null
 * @param profile codec profile as FFmpeg prints it; null if unknown
 * @param pixelFormat for example {@code yuv420p10le}; null if unknown
 * @param width coded width in pixels, before rotation and pixel aspect
 * @param height coded height in pixels, before rotation and pixel aspect
 * @param pixelAspect width of a pixel over its height; never null
 * @param rotation clockwise degrees a player turns the picture by: 0, 90, 180 or 270
 * @param averageRate frames per second over the whole track as the header has it; null if unknown
 * @param nominalRate the lowest rate at which all time stamps fit; null if unknown; often absurd
 * @param startSeconds time stamp of the first frame; 0 if unknown
 * @param durationSeconds as the header has it; null if unknown
 * @param color colour description; never null
 * @param interlaced whether the header says that frames are made of two fields
 * @param still whether this is a cover picture, not a moving one
 * @param level codec level as FFmpeg prints it, for H.264 ten times the level (31 is 3.1); null if unknown
 * @param mirrored whether a player turns the picture upside down as a mirror does, before it rotates it; null is read
 *     as false
 * @param dolbyVisionProfile profile of Dolby Vision, for example 8; null if the track is of another kind
 */
public record VideoTrack(
        int index,
        String codec,
        String profile,
        String pixelFormat,
        int width,
        int height,
        Rational pixelAspect,
        int rotation,
        Rational averageRate,
        Rational nominalRate,
        double startSeconds,
        Double durationSeconds,
        ColorFacts color,
        boolean interlaced,
        boolean still,
        Integer level,
        Boolean mirrored,
        Integer dolbyVisionProfile) {

    /** Takes an absent {@code mirrored} for false. */
    public VideoTrack {
        mirrored = mirrored != null && mirrored;
    }

    /** The same track with other facts about its colours. */
    public VideoTrack with(ColorFacts other) {
        return new VideoTrack(
                index,
                codec,
                profile,
                pixelFormat,
                width,
                height,
                pixelAspect,
                rotation,
                averageRate,
                nominalRate,
                startSeconds,
                durationSeconds,
                other,
                interlaced,
                still,
                level,
                mirrored,
                dolbyVisionProfile);
    }

    /** Width in square pixels after rotation, as a viewer sees it. */
    public int displayWidth() {
        return isTurned() ? height : squareWidth();
    }

    /** Height in square pixels after rotation, as a viewer sees it. */
    public int displayHeight() {
        return isTurned() ? squareWidth() : height;
    }

    /** Pixels of a decoded frame. */
    public long pixels() {
        return (long) width * height;
    }

    /** Whether pixels can be transparent. */
    @JsonIgnore
    public boolean hasAlpha() {
        return pixelFormat != null
                && (pixelFormat.startsWith("yuva")
                        || pixelFormat.startsWith("gbrap")
                        || pixelFormat.startsWith("ya")
                        || pixelFormat.matches("(rgba|bgra|argb|abgr).*|pal8"));
    }

    private boolean isTurned() {
        return rotation % 180 != 0;
    }

    private int squareWidth() {
        return Math.max(1, (int) Math.round(width * pixelAspect.value()));
    }
}
