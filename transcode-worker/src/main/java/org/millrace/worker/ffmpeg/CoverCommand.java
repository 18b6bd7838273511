package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Takes the cover picture out of a file of sound: {@link PosterCommand#FILE_NAME}, never enlarged.
 *
 * @param stream number of the stream in the file
 */
public record CoverCommand(int stream) {

    private static final int QUALITY = 2;

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        String side = Integer.toString(PosterCommand.LONGEST_SIDE);
        List<Filter> filters = List.of(
                Filter.of(
                        "scale",
                        "w",
                        "min(iw," + side + ")",
                        "h",
                        "min(ih," + side + ")",
                        "force_original_aspect_ratio",
                        "decrease",
                        "force_divisible_by",
                        "2",
                        "flags",
                        "bicubic"),
                Filter.of("format", "", "rgba"),
                Filter.of("format", "", "gbrap"),
                Filter.of("premultiply", "inplace", "1"),
                Filter.of("scale", "out_range", "pc", "out_color_matrix", "bt601"),
                Filter.of("format", "", "yuvj420p"));
        Output output = new Output()
                .map("0:" + stream)
                .with("-an")
                .bare()
                .with("-vf", FilterGraph.simple(filters), "-frames:v", "1");
        return FfmpegCommand.ffmpeg(
                List.of(),
                List.of(Input.of(InputName.SOURCE).withThreads(1)),
                guard,
                List.of(),
                List.of(Jpeg.coded(output, QUALITY).toFile(PosterCommand.FILE_NAME)));
    }
}
