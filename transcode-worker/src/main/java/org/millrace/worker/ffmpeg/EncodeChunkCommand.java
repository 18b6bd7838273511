package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes one span of the grid into all its rungs: one decoder, scales in a cascade, one encoder per rung. Chunks made
 * by commands that differ only in span, seek, threads and set of rungs join frame-exactly and share their init segment.
 * Each rung becomes {@link RungSpec#fileName()}, one fragment per GOP, readable while it grows.
 *
 * @param picture the stream to encode
 * @param span which frames
 * @param seek position to start reading at, before the span by enough for decoders to settle; empty reads from the start
 * @param rungs largest first; each is scaled from the one before
 * @param preset x264's speed, for example {@code veryfast}
 * @param threads threads of the decoder and of each encoder; 0 lets them choose
 * @param tolerant whether to go on over damaged data
 */
public record EncodeChunkCommand(
        SourcePicture picture,
        GridSpan span,
        Optional<Duration> seek,
        List<RungSpec> rungs,
        String preset,
        int threads,
        boolean tolerant) {

    private static final List<String> PRESETS =
            List.of("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow");

    /** Checks the rungs and the preset. */
    public EncodeChunkCommand {
        rungs = List.copyOf(rungs);
        if (rungs.isEmpty() || rungs.stream().map(RungSpec::fileName).distinct().count() != rungs.size()) {
            throw new IllegalArgumentException("A chunk needs rungs of different sizes");
        }
        if (!PRESETS.contains(preset)) {
            throw new IllegalArgumentException("Not an x264 preset: " + preset);
        }
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        // Scaling takes pictures of any size, deinterlacing does not: it has to begin anew.
        Input input = Input.of(InputName.SOURCE)
                .withThreads(threads)
                .tolerating(tolerant)
                .steady(!picture.interlaced());
        return FfmpegCommand.ffmpeg(
                List.of("-copyts"),
                List.of(seek.map(input::seekTo).orElse(input)),
                guard,
                List.of("-filter_complex", graph()),
                rungs.stream().map(this::output).toList());
    }

    private String graph() {
        FilterGraph graph = new FilterGraph();
        RungSpec top = rungs.getFirst();
        List<Filter> first = new ArrayList<>(picture.cleaned());
        first.addAll(onGrid());
        first.addAll(picture.colour().scaledTo(top.width(), top.height(), picture.fullRange()));
        addStage(graph, picture.address(), first, 0);
        for (int i = 1; i < rungs.size(); i++) {
            RungSpec rung = rungs.get(i);
            List<Filter> stage = new ArrayList<>();
            stage.add(Filter.scale(rung.width(), rung.height()));
            stage.add(Filter.squarePixels());
            addStage(graph, "t" + i, stage, i);
        }
        return graph.text();
    }

    private void addStage(FilterGraph graph, String from, List<Filter> filters, int index) {
        RungSpec rung = rungs.get(index);
        if (index == rungs.size() - 1) {
            graph.chain(from, filters, List.of(rung.pad()));
            return;
        }
        List<Filter> split = new ArrayList<>(filters);
        split.add(Filter.of("split", "", "2"));
        graph.chain(from, split, List.of(rung.pad(), "t" + (index + 1)));
    }

    private List<Filter> onGrid() {
        // A run from the start fills frames missing before the first picture; a sought one must not.
        Filter fps = seek.isPresent()
                ? Filter.of("fps", "", span.rate(), "round", "near")
                : Filter.of("fps", "", span.rate(), "round", "near", "start_time", "0");
        String first = Long.toString(span.firstFrame());
        Filter trim = span.endFrame().isPresent()
                ? Filter.of(
                        "trim",
                        "start_pts",
                        first,
                        "end_pts",
                        Long.toString(span.endFrame().getAsLong()))
                : Filter.of("trim", "start_pts", first);
        if (span.holdFrames() == 0) {
            return List.of(fps, trim);
        }
        Filter hold = Filter.of("tpad", "stop_mode", "clone", "stop", Long.toString(span.holdFrames()));
        return List.of(fps, hold, trim);
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
                .with("-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-flags", "+cgop", "-pix_fmt", "yuv420p");
        if (threads > 0) {
            output.with("-threads", Integer.toString(threads));
        }
        return output.with("-avoid_negative_ts", "disabled")
                .with("-fragment_index", Long.toString(span.firstFragment()))
                .with("-f", "mp4", "-video_track_timescale", "90000", "-flush_packets", "1")
                .with("-movflags", "+frag_keyframe+delay_moov+default_base_moof+frag_discont")
                .toFile(rung.fileName());
    }
}
