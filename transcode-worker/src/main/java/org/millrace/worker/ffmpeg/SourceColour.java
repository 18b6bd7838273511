package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * What a source's colours mean, and so how they become the standard range that every player shows alike. Sources that do
 * not say are named by their size: HD as {@link #BT709}, smaller as {@link #BT601_NTSC} or {@link #BT601_PAL}.
 */
public enum SourceColour {
    /** High definition. */
    BT709("bt709", "bt709", "bt709"),
    /** Standard definition, 525 lines. */
    BT601_NTSC("smpte170m", "smpte170m", "smpte170m"),
    /** Standard definition, 625 lines. */
    BT601_PAL("bt470bg", "smpte170m", "bt470bg"),
    /** Computer graphics: converted with the HD matrix. */
    RGB("bt709", "bt709", "bt709"),
    /** Wide colours, standard brightness. */
    BT2020("bt709", "bt709", "bt709"),
    /** High dynamic range, perceptual quantizer (HDR10 and what is compatible with it). */
    PQ("bt709", "bt709", "bt709"),
    /** High dynamic range, hybrid log-gamma. */
    HLG("bt709", "bt709", "bt709");

    private final String primaries;
    private final String transfer;
    private final String matrix;

    SourceColour(String primaries, String transfer, String matrix) {
        this.primaries = primaries;
        this.transfer = transfer;
        this.matrix = matrix;
    }

    /**
     * Filters that scale to a size and leave 8-bit 4:2:0 in limited range, tagged as what it then is. Tone mapping comes
     * after scaling, because it costs per pixel.
     */
    List<Filter> scaledTo(int width, int height, boolean fullRange) {
        List<Filter> filters = new ArrayList<>();
        switch (this) {
            case PQ, HLG, BT2020 -> {
                filters.add(Filter.scale(width, height));
                filters.addAll(toBt709(fullRange));
            }
            case RGB -> filters.add(convertingScale(width, height, "out_color_matrix", "bt709"));
            case BT709, BT601_NTSC, BT601_PAL ->
                filters.add(fullRange ? convertingScale(width, height, "in_range", "pc") : Filter.scale(width, height));
        }
        filters.add(Filter.of("format", "", "yuv420p"));
        filters.add(Filter.squarePixels());
        filters.add(Filter.of(
                "setparams", "range", "tv", "color_primaries", primaries, "color_trc", transfer, "colorspace", matrix));
        return List.copyOf(filters);
    }

    /** The YUV matrix of the scaled picture, in the scale filter's words. */
    String scaledMatrix() {
        return this == BT601_NTSC || this == BT601_PAL ? "bt601" : "bt709";
    }

    private List<Filter> toBt709(boolean fullRange) {
        String range = fullRange ? "pc" : "tv";
        if (this == BT2020) {
            return List.of(Filter.of(
                    "zscale",
                    "pin",
                    "bt2020",
                    "tin",
                    "bt709",
                    "min",
                    "bt2020nc",
                    "rin",
                    range,
                    "p",
                    "bt709",
                    "t",
                    "bt709",
                    "m",
                    "bt709",
                    "r",
                    "tv"));
        }
        String transferIn = this == PQ ? "smpte2084" : "arib-std-b67";
        return List.of(
                Filter.of(
                        "zscale",
                        "pin",
                        "bt2020",
                        "tin",
                        transferIn,
                        "min",
                        "bt2020nc",
                        "rin",
                        range,
                        "t",
                        "linear",
                        "npl",
                        "100"),
                Filter.of("format", "", "gbrpf32le"),
                Filter.of("zscale", "p", "bt709"),
                Filter.of("tonemap", "", "hable", "desat", "0"),
                Filter.of("zscale", "t", "bt709", "m", "bt709", "r", "tv"));
    }

    private static Filter convertingScale(int width, int height, String key, String value) {
        return Filter.of(
                "scale",
                "",
                Integer.toString(width),
                "",
                Integer.toString(height),
                "flags",
                "bicubic",
                key,
                value,
                "out_range",
                "tv");
    }
}
