package org.millrace.worker.ffmpeg;

import java.util.List;

/** How a picture becomes a JPEG, which is full range with the matrix of standard definition. */
final class Jpeg {

    private Jpeg() {}

    /** Filters that convert a picture in limited range with a matrix, in the scale filter's words. */
    static List<Filter> from(String matrix) {
        return List.of(
                Filter.of(
                        "scale",
                        "in_range",
                        "tv",
                        "in_color_matrix",
                        matrix,
                        "out_range",
                        "pc",
                        "out_color_matrix",
                        "bt601"),
                Filter.of("format", "", "yuvj420p"));
    }

    /** Adds the coding of one picture, with a quality from 2, the best, to 31; where several come the last one stays. */
    static Output coded(Output output, int quality) {
        return output.with("-fps_mode", "passthrough", "-c:v", "mjpeg", "-q:v", Integer.toString(quality))
                .with("-f", "image2", "-update", "1");
    }
}
