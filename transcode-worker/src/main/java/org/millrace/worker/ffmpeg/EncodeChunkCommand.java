package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.model.task.Seam;

/**
 * Encodes one span of the grid into all its rungs: one decoder, scales in a cascade, one encoder per rung. Chunks made
 * by commands that differ only in span, seek, reading, threads, destination and set of rungs join frame-exactly and share
 * their init segment. A fragment is one GOP.
 *
 * @param picture the stream to encode
 * @param span which frames
 * @param seek position to start reading at; empty reads from the start
 * @param rungs largest first; each is scaled from the one before
 * @param preset x264's speed, for example {@code veryfast}
 * @param threads threads of the decoder and of each encoder; 0 lets them choose
 * @param reading how the source is taken
 * @param destination where the rungs go
 * @param blackFrames how many frames to make if nothing is read
 */
public record EncodeChunkCommand(
        SourcePicture picture,
        GridSpan span,
        Optional<Duration> seek,
        List<RungSpec> rungs,
        String preset,
        int threads,
        ChunkReading reading,
        Destination destination,
        long blackFrames) {

    /** Name of the file with the pictures of the seam, for {@link Workspace#output}: gray, one after the other. */
    public static final String SEAM_FILE = "seam.gray";

    /** Name of the file with the times of decoded pictures, for {@link Workspace#output}. */
    public static final String TIMES_FILE = "times.txt";

    static final int SEAM_WIDTH = Seam.WIDTH;
    static final int SEAM_HEIGHT = Seam.HEIGHT;

    private static final List<String> PRESETS =
            List.of("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow");

    /** Where rungs go. */
    public enum Destination {
        /** Each into a file, {@link RungSpec#fileName()}. */
        FILES,
        /** The only one to standard output. */
        STREAM
    }

    /** Checks the rungs and the preset. */
    public EncodeChunkCommand {
        rungs = List.copyOf(rungs);
        if (rungs.isEmpty() || rungs.stream().map(RungSpec::fileName).distinct().count() != rungs.size()) {
            throw new IllegalArgumentException("A chunk needs rungs of different sizes");
        }
        if (destination == Destination.STREAM && rungs.size() > 1) {
            throw new IllegalArgumentException("Only one rung can be streamed");
        }
        if (!PRESETS.contains(preset)) {
            throw new IllegalArgumentException("Not an x264 preset: " + preset);
        }
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<List<String>> outputs = new ArrayList<>();
        rungs.forEach(rung -> outputs.add(output(rung)));
        check().ifPresent(outputs::add);
        List<String> graph = List.of("-filter_complex", new ChunkGraph(this).text());
        List<String> global = List.of("-copyts");
        FfmpegCommand command = isStreamed()
                ? FfmpegCommand.streaming(global, inputs(), guard, graph, outputs)
                : FfmpegCommand.ffmpeg(global, inputs(), guard, graph, outputs);
        return command.beside(picture.files());
    }

    boolean isStreamed() {
        return destination == Destination.STREAM;
    }

    private List<Input> inputs() {
        if (reading == ChunkReading.BLACK) {
            return List.of();
        }
        Input input = Input.of(InputName.SOURCE)
                .withThreads(threads)
                .tolerating(reading == ChunkReading.FILLED)
                .asStored(picture.asStored())
                .steady(true);
        return List.of(seek.map(input::seekTo).orElse(input));
    }

    private List<String> output(RungSpec rung) {
        String gop = Integer.toString(span.gopFrames());
        Output output = new Output()
                .map(FilterGraph.pad(rung.pad()))
                .with("-an")
                .bare()
                .with("-fps_mode", "passthrough", "-enc_time_base", span.frameTime())
                .with("-c:v", "libx264", "-preset", preset)
                .with(rung.rate().toArray(String[]::new))
                .with("-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-flags", "+cgop", "-pix_fmt", "yuv420p")
                .with("-profile:v", "high", "-level", rung.levelText());
        if (threads > 0) {
            output.with("-threads", Integer.toString(threads));
        }
        output.with("-avoid_negative_ts", "disabled")
                .with("-fragment_index", Long.toString(span.firstFragment()))
                .with("-f", "mp4", "-video_track_timescale", Integer.toString(span.timescale()))
                .with("-flush_packets", "1")
                .with("-movflags", "+frag_keyframe+delay_moov+default_base_moof+frag_discont");
        return isStreamed() ? output.toStandardOutput() : output.toFile(rung.fileName());
    }

    /** The branch by which the chunk is checked. */
    private Optional<List<String>> check() {
        if (reading == ChunkReading.FILLED) {
            return Optional.of(new Output()
                    .map(FilterGraph.pad(ChunkGraph.TIMES))
                    .with("-fps_mode", "passthrough", "-enc_time_base", "1/90000", "-f", "framecrc")
                    .toFile(TIMES_FILE));
        }
        if (reading == ChunkReading.PLAIN && !isStreamed()) {
            return Optional.of(new Output()
                    .map(FilterGraph.pad(ChunkGraph.SEAM))
                    .with("-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray")
                    .toFile(SEAM_FILE));
        }
        return Optional.empty();
    }
}
