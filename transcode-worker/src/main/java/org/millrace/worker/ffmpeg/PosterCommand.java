package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a still of a video, {@link #FILE_NAME}: the most typical one of a few key frames from a position on. The picture
 * keeps its shape and is never enlarged.
 *
 * @param picture the stream
 * @param position where to look, counted from the stream's zero; the key frame before is the first candidate
 * @param displayWidth width as shown: turned, with square pixels
 * @param displayHeight height as shown
 * @param candidates pictures to choose from, at least 2
 * @param keyFramesOnly whether only key frames are candidates, which is much cheaper; some files mark none
 */
public record PosterCommand(
        SourcePicture picture,
        Duration position,
        int displayWidth,
        int displayHeight,
        int candidates,
        boolean keyFramesOnly) {

    /** Name of the file written, for {@link Workspace#output}. */
    public static final String FILE_NAME = "poster.jpg";

    /** Longest side of the picture, in pixels. */
    public static final int LONGEST_SIDE = 1280;

    /** Checks sizes and candidates. */
    public PosterCommand {
        if (displayWidth < 1 || displayHeight < 1 || candidates < 2) {
            throw new IllegalArgumentException("A poster needs a size and a choice");
        }
    }

    /** Width of the picture written. */
    public int width() {
        return side(displayWidth);
    }

    /** Height of the picture written. */
    public int height() {
        return side(displayHeight);
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<Filter> filters = new ArrayList<>();
        if (picture.interlaced()) {
            filters.add(Filter.of("bwdif", "mode", "send_frame"));
        }
        filters.add(Filter.of("thumbnail", "", Integer.toString(candidates)));
        filters.addAll(picture.colour().scaledTo(width(), height(), picture.fullRange()));
        // JPEG is full range with the standard definition matrix.
        filters.add(Filter.of(
                "scale",
                "in_range",
                "tv",
                "in_color_matrix",
                picture.colour().scaledMatrix(),
                "out_range",
                "pc",
                "out_color_matrix",
                "bt601"));
        filters.add(Filter.of("format", "", "yuvj420p"));
        // The key frame lies before the position: a constant rate would drop it as too early.
        List<String> output = new Output()
                .map(picture.address())
                .with("-an")
                .bare()
                .with("-vf", FilterGraph.simple(filters))
                .with(
                        "-frames:v",
                        "1",
                        "-fps_mode",
                        "passthrough",
                        "-c:v",
                        "mjpeg",
                        "-q:v",
                        "3",
                        "-f",
                        "image2",
                        "-update",
                        "1")
                .toFile(FILE_NAME);
        Input whole = Input.of(InputName.SOURCE).withThreads(1);
        Input input = (keyFramesOnly ? whole.onlyKeyFrames() : whole)
                .seekTo(picture.start().plus(position));
        return FfmpegCommand.ffmpeg(List.of("-copyts"), List.of(input), guard, List.of(), List.of(output));
    }

    private int side(int pixels) {
        int longest = Math.max(displayWidth, displayHeight);
        double scaled = longest <= LONGEST_SIDE ? pixels : (double) pixels * LONGEST_SIDE / longest;
        return Math.max(2, (int) Math.round(scaled / 2) * 2);
    }
}
