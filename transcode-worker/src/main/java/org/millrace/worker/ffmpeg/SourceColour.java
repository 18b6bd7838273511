package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * What a source's colours mean, and so how they become the standard range that every player shows alike. Sources that do
 * not say are named by their size: HD as {@link #BT709}, smaller as {@link #BT601_NTSC} or {@link #BT601_PAL}.
 */
public enum SourceColour {
    /** High definition. */
    BT709("bt709", "bt709", "bt709", "bt709", "bt709"),
    /** Standard definition, 525 lines. */
    BT601_NTSC("bt601", "bt601", "smpte170m", "smpte170m", "smpte170m"),
    /** Standard definition, 625 lines. */
    BT601_PAL("bt601", "bt601", "bt470bg", "smpte170m", "bt470bg"),
    /** The high definition of 1988: its matrix is its own, its primaries are those of {@link #BT601_NTSC}. */
    SMPTE240M("smpte240m", "bt709", "smpte170m", "bt709", "bt709"),
    /** Computer graphics: converted with the HD matrix. */
    RGB("bt709", "bt709", "bt709", "bt709", "bt709"),
    /** Wide colours, standard brightness. */
    BT2020("bt2020", "bt2020", "bt709", "bt709", "bt709"),
    /** High dynamic range, perceptual quantizer (HDR10 and what is compatible with it). */
    PQ("bt2020", "bt2020", "bt709", "bt709", "bt709"),
    /** High dynamic range, hybrid log-gamma. */
    HLG("bt2020", "bt2020", "bt709", "bt709", "bt709");

    private final String matrixIn;
    private final String matrixScaled;
    private final String primaries;
    private final String transfer;
    private final String matrix;

    SourceColour(String matrixIn, String matrixScaled, String primaries, String transfer, String matrix) {
        this.matrixIn = matrixIn;
        this.matrixScaled = matrixScaled;
        this.primaries = primaries;
        this.transfer = transfer;
        this.matrix = matrix;
    }

    /** The YUV matrix of the source, in the scale filter's words. */
    String matrixIn() {
        return matrixIn;
    }

    /** The YUV matrix to scale into, in the scale filter's words; the same as that of the source wherever possible. */
    String matrixScaled() {
        return matrixScaled;
    }

    /** The YUV matrix of the finished picture, in the scale filter's words. */
    String matrixFinished() {
        return this == BT601_NTSC || this == BT601_PAL ? "bt601" : "bt709";
    }

    /** Whether more than 8 bits are needed until colours are converted. */
    boolean isWide() {
        return this == BT2020 || this == PQ || this == HLG;
    }

    /**
     * Filters that convert the colours of a scaled picture in limited range to the standard range. They come after
     * scaling, because they cost per pixel.
     */
    List<Filter> converted() {
        return switch (this) {
            case BT709, BT601_NTSC, BT601_PAL, SMPTE240M, RGB -> List.of();
            case BT2020 -> List.of(zscale("bt709", "bt2020", "bt2020nc", "tv", "bt709", "bt709", "bt709", "tv"));
            case PQ -> toneMapped("smpte2084");
            case HLG -> toneMapped("arib-std-b67");
        };
    }

    /** Declares what the finished picture is. */
    Filter tags() {
        return Filter.of(
                "setparams", "range", "tv", "color_primaries", primaries, "color_trc", transfer, "colorspace", matrix);
    }

    /** In floating point the table is looked up four times faster than in integers. */
    private static List<Filter> toneMapped(String curve) {
        return List.of(
                zscale(curve, "bt2020", "bt2020nc", "tv", curve, "bt2020", "gbr", "pc"),
                Filter.of("format", "", "gbrpf32le"),
                Filter.of("lut3d", "file", ToneMap.FILE_NAME, "interp", "tetrahedral"),
                zscale("bt709", "bt709", "gbr", "pc", "bt709", "bt709", "bt709", "tv"));
    }

    private static Filter zscale(
            String transferIn,
            String primariesIn,
            String matrixIn,
            String rangeIn,
            String transfer,
            String primaries,
            String matrix,
            String range) {
        return Filter.of(
                "zscale",
                "tin",
                transferIn,
                "pin",
                primariesIn,
                "min",
                matrixIn,
                "rin",
                rangeIn,
                "t",
                transfer,
                "p",
                primaries,
                "m",
                matrix,
                "r",
                range);
    }
}
