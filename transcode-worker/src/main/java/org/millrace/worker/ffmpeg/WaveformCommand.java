package org.millrace.worker.ffmpeg;

import java.util.List;
import java.util.Optional;

/**
 * Draws how loud a sound is as bright bars on a dark ground, {@link PosterCommand#FILE_NAME}. Of long sounds only the
 * first half hour is drawn, because all of it is held in memory.
 *
 * @param stream number of the stream in the file
 */
public record WaveformCommand(int stream) {

    /** Width of the picture, in pixels. */
    public static final int WIDTH = 1280;

    /** Height of the picture, in pixels. */
    public static final int HEIGHT = 720;

    private static final String LONGEST_SECONDS = "1800";
    private static final String GROUND = "0x11141b";
    private static final String ACCENT = "0x6d9bff";
    private static final int BARS = 96;
    private static final int BAR_WIDTH = 12;
    private static final int BAR_HEIGHT = 420;
    private static final int GAP = 4;
    private static final int QUALITY = 2;

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        // The ground has to come from a source of its own: FFmpeg 5.1 crashes over two branches of one wave.
        FilterGraph graph = new FilterGraph()
                .chain(Optional.of("0:" + stream), wave(), List.of("wave"))
                .chain(
                        Optional.empty(),
                        List.of(
                                Filter.of("color", "c", GROUND, "size", WIDTH + "x" + HEIGHT, "rate", "1", "d", "1"),
                                Filter.of("format", "", "rgba")),
                        List.of("ground"))
                .chain(List.of("ground", "wave"), bars(), List.of("bars"));
        Output output = new Output().map(FilterGraph.pad("bars")).bare().with("-frames:v", "1");
        return FfmpegCommand.ffmpeg(
                List.of(),
                List.of(Input.of(InputName.SOURCE)),
                guard,
                List.of("-filter_complex", graph.text()),
                List.of(Jpeg.coded(output, QUALITY).toFile(PosterCommand.FILE_NAME)));
    }

    private static List<Filter> wave() {
        return List.of(
                Filter.of("atrim", "duration", LONGEST_SECONDS),
                Filter.of("aresample", "", "8000"),
                Filter.of("aformat", "channel_layouts", "mono"),
                Filter.of(
                        "showwavespic",
                        "size",
                        BARS + "x" + BAR_HEIGHT,
                        "colors",
                        ACCENT,
                        "scale",
                        "cbrt",
                        "draw",
                        "full"),
                Filter.of("format", "", "rgba"),
                Filter.of(
                        "scale",
                        "",
                        Integer.toString(BARS * BAR_WIDTH),
                        "",
                        Integer.toString(BAR_HEIGHT),
                        "flags",
                        "neighbor"));
    }

    private static List<Filter> bars() {
        int left = (WIDTH - BARS * BAR_WIDTH) / 2;
        int top = (HEIGHT - BAR_HEIGHT) / 2;
        return List.of(
                Filter.of("overlay", "", Integer.toString(left), "", Integer.toString(top), "format", "rgb"),
                Filter.of(
                        "drawgrid",
                        "x",
                        Integer.toString(left - GAP),
                        "w",
                        Integer.toString(BAR_WIDTH),
                        "h",
                        Integer.toString(2 * HEIGHT),
                        "t",
                        Integer.toString(GAP),
                        "color",
                        GROUND),
                Filter.of("scale", "out_range", "pc", "out_color_matrix", "bt601"),
                Filter.of("format", "", "yuvj420p"));
    }
}
