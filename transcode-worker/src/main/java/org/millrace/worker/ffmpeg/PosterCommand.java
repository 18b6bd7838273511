package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a still of a video, {@link #FILE_NAME}. The picture keeps its shape and is never enlarged.
 *
 * @param picture the stream
 * @param position a moment, counted from the stream's zero
 * @param displayWidth width as shown: turned, with square pixels
 * @param displayHeight height as shown
 * @param choice which picture about that moment
 */
public record PosterCommand(
        SourcePicture picture, Duration position, int displayWidth, int displayHeight, Choice choice) {

    /** Name of the file written, for {@link Workspace#output}. */
    public static final String FILE_NAME = "poster.jpg";

    /** Longest side of the picture, in pixels. */
    public static final int LONGEST_SIDE = 1280;

    private static final int QUALITY = 3;
    private static final Duration SETTLING = Duration.ofMillis(500);
    private static final Duration LOOK_BACK = Duration.ofSeconds(3);

    /** Which picture is taken. */
    public enum Choice {
        /** The most typical one of five key frames, the first of which is before the moment; some files mark none. */
        TYPICAL,
        /** The more typical one of two pictures from the moment on. */
        ANY,
        /** The first one at the moment or after it. */
        EXACT,
        /** The last one before the moment: where the video ends earlier than it says. */
        LAST_BEFORE
    }

    /** Checks the size. */
    public PosterCommand {
        if (displayWidth < 1 || displayHeight < 1) {
            throw new IllegalArgumentException("A poster needs a size");
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
        List<Filter> filters = new ArrayList<>(picture.deinterlaced());
        if (choice == Choice.EXACT) {
            filters.add(Filter.of("trim", "start", Seconds.text(inFile(position))));
        }
        filters.addAll(picture.scaledTo(width(), height()));
        if (choice == Choice.TYPICAL || choice == Choice.ANY) {
            filters.add(Filter.of("thumbnail", "", choice == Choice.TYPICAL ? "5" : "2"));
        }
        filters.addAll(Jpeg.from(picture.colour().matrixFinished()));
        Output output = new Output().map(picture.address()).with("-an").bare().with("-vf", FilterGraph.simple(filters));
        if (choice == Choice.LAST_BEFORE) {
            output.with("-to", Seconds.text(inFile(position)));
        } else {
            output.with("-frames:v", "1");
        }
        return FfmpegCommand.ffmpeg(
                        List.of("-copyts"),
                        List.of(input()),
                        guard,
                        List.of(),
                        List.of(Jpeg.coded(output, QUALITY).toFile(FILE_NAME)))
                .beside(picture.files());
    }

    private Input input() {
        Input whole = Input.of(InputName.SOURCE).withThreads(1).asStored(picture.asStored());
        return switch (choice) {
            case TYPICAL -> whole.onlyKeyFrames().seekTo(inFile(position));
            case ANY -> whole.seekTo(inFile(position));
            case EXACT -> whole.seekTo(inFile(early(SETTLING)));
            case LAST_BEFORE -> whole.seekTo(inFile(early(LOOK_BACK)));
        };
    }

    private Duration early(Duration by) {
        return position.compareTo(by) > 0 ? position.minus(by) : Duration.ZERO;
    }

    private Duration inFile(Duration time) {
        return picture.start().plus(time);
    }

    private int side(int pixels) {
        int longest = Math.max(displayWidth, displayHeight);
        double scaled = longest <= LONGEST_SIDE ? pixels : (double) pixels * LONGEST_SIDE / longest;
        return Math.max(2, (int) Math.round(scaled / 2) * 2);
    }
}
