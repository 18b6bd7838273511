package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The video stream of a source, as far as converting must know it. Sizes given beside this record are those of the
 * picture as shown: turned, with square pixels.
 *
 * @param stream number of the stream in the file
 * @param start timestamp in the file that becomes zero: the file's own start time
 * @param interlaced whether frames are woven from two fields
 * @param colour what its colours mean
 * @param fullRange whether luma uses 0 to 255 instead of 16 to 235
 * @param orientation how it is turned to stand upright
 * @param asStored whether the file does not say how to turn it, so that filters have to; otherwise ffmpeg does it while
 *     reading, and only then it leaves out of what it writes that players should turn it
 * @param straightAlpha whether it is transparent, with colours that are not weighted by its opacity
 * @param peakNits brightest light of a high dynamic range picture in cd/m²; ignored for others
 */
public record SourcePicture(
        int stream,
        Duration start,
        boolean interlaced,
        SourceColour colour,
        boolean fullRange,
        Orientation orientation,
        boolean asStored,
        boolean straightAlpha,
        int peakNits) {

    /** Width over height as shown; pixels that are longer or higher than eight times are a mistake of the file. */
    private static final String SHAPE = "st(0,a*if(between(sar,0.125,8),sar,1))";

    /** Checks the stream number. */
    public SourcePicture {
        if (stream < 0) {
            throw new IllegalArgumentException("Not a stream number: " + stream);
        }
    }

    /** A picture that is upright and opaque. */
    public SourcePicture(int stream, Duration start, boolean interlaced, SourceColour colour, boolean fullRange) {
        this(stream, start, interlaced, colour, fullRange, Orientation.UPRIGHT, false, false, ToneMap.USUAL_PEAK);
    }

    /** The same picture in another file, into which it was copied without how to turn it. */
    public SourcePicture movedTo(int otherStream, Duration otherStart) {
        return new SourcePicture(
                otherStream, otherStart, interlaced, colour, fullRange, orientation, true, straightAlpha, peakNits);
    }

    /** The stream as inputs and maps name it. */
    String address() {
        return "0:" + stream;
    }

    /** Filters that every use of the picture begins with. */
    List<Filter> cleaned() {
        List<Filter> filters = new ArrayList<>();
        filters.add(Filter.startingAt("setpts", start));
        filters.addAll(deinterlaced());
        return filters;
    }

    /**
     * Filters that make whole frames of two fields; none if they are whole. The deinterlacer cannot take a change of size, so
     * later pictures are scaled, field by field, to the size of the first; their shape goes along as that of their pixels.
     */
    List<Filter> deinterlaced() {
        return interlaced
                ? List.of(
                        Filter.of("scale", "w", "iw", "h", "ih", "interl", "1", "flags", "bicubic"),
                        Filter.of("bwdif", "mode", "send_frame"))
                : List.of();
    }

    /**
     * Filters that scale to a size and leave an upright, opaque picture of square pixels in 8-bit 4:2:0 and limited
     * range, tagged as what it then is. A picture that changes its shape in mid-stream gets bars.
     */
    List<Filter> scaledTo(int width, int height) {
        boolean lies = asStored && orientation.swapsSides();
        int lyingWidth = lies ? height : width;
        int lyingHeight = lies ? width : height;
        List<Filter> filters = new ArrayList<>();
        if (straightAlpha) {
            filters.addAll(onBlack());
        }
        filters.add(fitted(lyingWidth, lyingHeight));
        filters.add(Filter.of("format", "", colour.isWide() ? "yuv420p10le" : "yuv420p"));
        filters.add(Filter.of(
                "pad",
                "w",
                Integer.toString(lyingWidth),
                "h",
                Integer.toString(lyingHeight),
                "x",
                "-1",
                "y",
                "-1",
                "eval",
                "frame"));
        if (asStored) {
            filters.addAll(orientation.filters());
        }
        filters.addAll(colour.converted());
        filters.add(Filter.of("format", "", "yuv420p"));
        filters.add(Filter.squarePixels());
        filters.add(colour.tags());
        return List.copyOf(filters);
    }

    /** Files that {@link #scaledTo} needs beside the command: their content by name. */
    Map<String, String> files() {
        return switch (colour) {
            case PQ -> Map.of(ToneMap.FILE_NAME, new ToneMap(false, peakNits).table());
            case HLG -> Map.of(ToneMap.FILE_NAME, new ToneMap(true, ToneMap.USUAL_PEAK).table());
            case BT709, BT601_NTSC, BT601_PAL, SMPTE240M, RGB, BT2020 -> Map.of();
        };
    }

    /** Before scaling, which would mix the colours of what cannot be seen into edges. */
    private List<Filter> onBlack() {
        // Palettes would be converted by way of luma and chroma, which tints them.
        Filter unpacked = colour == SourceColour.RGB
                ? Filter.of("format", "", "rgba")
                : Filter.of("scale", "in_color_matrix", colour.matrixIn(), "in_range", range());
        return List.of(
                unpacked,
                Filter.of("format", "", colour.isWide() ? "gbrap12le" : "gbrap"),
                Filter.of("premultiply", "inplace", "1"));
    }

    /** Scales every picture into the box; one of the expected shape, but for rounding, fills it. */
    private Filter fitted(int width, int height) {
        double expected = (double) width / height;
        double rounding = 1.02 + 1.0 / width + 1.0 / height;
        String narrowest = text(expected / rounding);
        String widest = text(expected * rounding);
        return Filter.of(
                "scale",
                "w",
                "if(lt(" + SHAPE + "," + narrowest + "),max(2,2*round(ld(0)*" + height + "/2))," + width + ")",
                "h",
                "if(gt(" + SHAPE + "," + widest + "),max(2,2*round(" + width + "/ld(0)/2))," + height + ")",
                "eval",
                "frame",
                "flags",
                "bicubic",
                "in_color_matrix",
                colour.matrixIn(),
                "out_color_matrix",
                colour.matrixScaled(),
                "in_range",
                range(),
                "out_range",
                "tv");
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    private String range() {
        return fullRange ? "pc" : "tv";
    }
}
