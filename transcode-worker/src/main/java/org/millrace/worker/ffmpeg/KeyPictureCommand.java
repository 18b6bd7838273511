package org.millrace.worker.ffmpeg;

import java.util.List;

/** Makes the first key frame of a rendition ({@link InputName#VIDEO}) a still, {@link PosterCommand#FILE_NAME}. */
public record KeyPictureCommand() {

    private static final int QUALITY = 3;

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<Filter> filters = List.of(
                Filter.of("scale", "out_range", "pc", "out_color_matrix", "bt601"),
                Filter.of("format", "", "yuvj420p"));
        Output output =
                new Output().map("0:0").with("-an").bare().with("-vf", FilterGraph.simple(filters), "-frames:v", "1");
        return FfmpegCommand.ffmpeg(
                List.of(),
                List.of(Input.of(InputName.VIDEO).withThreads(1).onlyKeyFrames()),
                guard,
                List.of(),
                List.of(Jpeg.coded(output, QUALITY).toFile(PosterCommand.FILE_NAME)));
    }
}
