package org.millrace.model.ladder;

/**
 * One step of the ladder: the size and the rate cap of a rendition.
 *
 * @param name the shorter side in lines, for example {@code 720p}; unique within a ladder; part of object keys
 * @param width pixels, even
 * @param height pixels, even
 * @param crf x264 constant rate factor
 * @param maxrateKbit cap of the rate in kbit/s, averaged over the decoder's buffer
 * @param bufsizeKbit size of the decoder's buffer in kbit
 * @param level H.264 level times ten, for example 31 (ITU-T H.264 Annex A); null in messages of version 1
 */
public record Rung(String name, int width, int height, int crf, int maxrateKbit, int bufsizeKbit, Integer level) {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if the size is not even and positive
     */
    public Rung {
        if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("A rung needs an even size, not " + width + "×" + height);
        }
    }

    /** Pixels of a frame. */
    public long pixels() {
        return (long) width * height;
    }

    /** The shorter side: what people call the quality. */
    public int lines() {
        return Math.min(width, height);
    }

    /** What the encoder will make, for HLS (RFC 6381): High profile at this level. */
    public String codecs() {
        return "avc1.6400%02x".formatted(level == null ? 40 : level);
    }

    /** Bytes that the rate cap allows for so much time. */
    public long mostBytes(double seconds) {
        return (long) ((seconds * maxrateKbit + bufsizeKbit) * 125);
    }
}
