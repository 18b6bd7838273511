package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Decodes the key frames of a rendition ({@link InputName#VIDEO}) once and makes of them a sheet of small pictures,
 * {@link #SHEET}, row by row, and the same pictures in gray, {@link #GRAYS}, one after the other.
 *
 * @param columns pictures in a row
 * @param rows rows of the sheet
 * @param width of a picture, even
 * @param height of a picture, even
 */
public record SheetCommand(int columns, int rows, int width, int height) {

    /** Name of the sheet, for {@link Workspace#output}. */
    public static final String SHEET = "sheet.jpg";

    /** Name of the gray pictures, for {@link Workspace#output}. */
    public static final String GRAYS = "tiles.gray";

    private static final int QUALITY = 5;

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        FilterGraph graph = new FilterGraph()
                .chain(
                        List.of("0:0"),
                        List.of(
                                Filter.of(
                                        "scale",
                                        "w",
                                        Integer.toString(width),
                                        "h",
                                        Integer.toString(height),
                                        "flags",
                                        "area",
                                        "out_range",
                                        "pc",
                                        "out_color_matrix",
                                        "bt601"),
                                Filter.of("format", "", "yuvj420p"),
                                Filter.squarePixels(),
                                Filter.of("split", "", "2")),
                        List.of("colour", "gray"))
                .chain(List.of("colour"), List.of(Filter.of("tile", "", columns + "x" + rows)), List.of("sheet"));
        Output sheet = new Output().map(FilterGraph.pad("sheet")).with("-frames:v", "1");
        Output grays = new Output()
                .map(FilterGraph.pad("gray"))
                .with("-fps_mode", "passthrough", "-c:v", "rawvideo", "-pix_fmt", "gray", "-f", "rawvideo");
        Input keyFrames = Input.of(InputName.VIDEO).withThreads(1).onlyKeyFrames();
        return FfmpegCommand.ffmpeg(
                List.of("-copyts"),
                List.of(keyFrames),
                guard,
                List.of("-filter_complex", graph.text()),
                List.of(Jpeg.coded(sheet, QUALITY).toFile(SHEET), grays.toFile(GRAYS)));
    }
}
