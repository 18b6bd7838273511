package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The filters of a chunk: the source's picture onto the grid, the span cut out of it, and scales in a cascade. Beside them
 * a branch by which the chunk is checked: two small pictures of its seam, or the times of all pictures that were decoded.
 */
record ChunkGraph(EncodeChunkCommand command) {

    static final String SEAM = "seam";
    static final String TIMES = "times";

    /** What follows the span has to be seen, or a picture that is missing at its end could not be told from one held. */
    private static final double SECONDS_BEYOND = 1;

    /** The graph as ffmpeg reads it. */
    String text() {
        FilterGraph graph = new FilterGraph();
        switch (command.reading()) {
            case PLAIN -> addPlain(graph);
            case FILLED -> addFilled(graph);
            case BLACK -> addBlack(graph);
        }
        List<RungSpec> rungs = command.rungs();
        for (int i = 1; i < rungs.size(); i++) {
            RungSpec rung = rungs.get(i);
            addStage(
                    graph,
                    Optional.of("t" + i),
                    List.of(Filter.scale(rung.width(), rung.height()), Filter.squarePixels()),
                    i);
        }
        return graph.text();
    }

    private void addPlain(FilterGraph graph) {
        GridSpan span = command.span();
        List<Filter> filters = new ArrayList<>(command.picture().cleaned());
        // A run from the start fills frames missing before the first picture; a sought one must not.
        filters.add(
                command.seek().isPresent()
                        ? Filter.of("fps", "", span.rate(), "round", "near")
                        : Filter.of("fps", "", span.rate(), "round", "near", "start_time", "0"));
        addHold(filters);
        if (command.isStreamed()) {
            filters.add(trim(0));
            addTop(graph, Optional.of(command.picture().address()), filters);
            return;
        }
        // The seam looks at the frame after the span; encoders must not see it.
        filters.add(trim(1));
        filters.add(Filter.of("split", "", "2"));
        graph.chain(Optional.of(command.picture().address()), filters, List.of("main", "probe"));
        String wanted = span.endFrame().isPresent()
                ? "eq(pts," + span.firstFrame() + ")+eq(pts," + span.endFrame().getAsLong() + ")"
                : "eq(pts," + span.firstFrame() + ")";
        graph.chain(
                Optional.of("probe"),
                List.of(
                        Filter.of("select", "", wanted),
                        Filter.of("scale", "", width(), "", height(), "flags", "area"),
                        Filter.of("format", "", "gray")),
                List.of(SEAM));
        addTop(graph, Optional.of("main"), List.of(trim(0)));
    }

    private void addFilled(FilterGraph graph) {
        GridSpan span = command.span();
        List<Filter> filters = new ArrayList<>(command.picture().cleaned());
        span.endFrame()
                .ifPresent(end ->
                        filters.add(Filter.of("trim", "end", Double.toString(span.secondsAt(end) + SECONDS_BEYOND))));
        filters.add(Filter.of("split", "", "2"));
        graph.chain(Optional.of(command.picture().address()), filters, List.of("main", "probe"));
        graph.chain(
                Optional.of("probe"),
                List.of(Filter.of("scale", "", "2", "", "2", "flags", "neighbor"), Filter.of("format", "", "gray")),
                List.of(TIMES));
        List<Filter> filled = new ArrayList<>();
        filled.add(Filter.of(
                "fps",
                "",
                span.rate(),
                "round",
                "near",
                "start_time",
                Double.toString(span.secondsAt(span.firstFrame()))));
        if (span.endFrame().isPresent()) {
            filled.add(Filter.of("tpad", "stop_mode", "clone", "stop", "-1"));
        } else {
            addHold(filled);
        }
        filled.add(trim(0));
        addTop(graph, Optional.of("main"), filled);
    }

    private void addBlack(FilterGraph graph) {
        GridSpan span = command.span();
        RungSpec top = command.rungs().getFirst();
        Filter black = Filter.of("color", "c", "black", "size", top.width() + "x" + top.height(), "rate", span.rate());
        addTop(
                graph,
                Optional.empty(),
                List.of(
                        black,
                        Filter.of("trim", "end_frame", Long.toString(command.blackFrames())),
                        Filter.of("setpts", "", "PTS+" + span.firstFrame())));
    }

    private void addTop(FilterGraph graph, Optional<String> from, List<Filter> front) {
        RungSpec top = command.rungs().getFirst();
        List<Filter> filters = new ArrayList<>(front);
        filters.addAll(command.picture().scaledTo(top.width(), top.height()));
        addStage(graph, from, filters, 0);
    }

    private void addStage(FilterGraph graph, Optional<String> from, List<Filter> filters, int index) {
        RungSpec rung = command.rungs().get(index);
        if (index == command.rungs().size() - 1) {
            graph.chain(from, filters, List.of(rung.pad()));
            return;
        }
        List<Filter> split = new ArrayList<>(filters);
        split.add(Filter.of("split", "", "2"));
        graph.chain(from, split, List.of(rung.pad(), "t" + (index + 1)));
    }

    private void addHold(List<Filter> filters) {
        if (command.span().holdFrames() > 0) {
            filters.add(Filter.of(
                    "tpad",
                    "stop_mode",
                    "clone",
                    "stop",
                    Long.toString(command.span().holdFrames())));
        }
    }

    /** Cuts the span out of the grid, with so many frames beyond its end. */
    private Filter trim(int beyond) {
        GridSpan span = command.span();
        String first = Long.toString(span.firstFrame());
        return span.endFrame().isPresent()
                ? Filter.of(
                        "trim",
                        "start_pts",
                        first,
                        "end_pts",
                        Long.toString(span.endFrame().getAsLong() + beyond))
                : Filter.of("trim", "start_pts", first);
    }

    private static String width() {
        return Integer.toString(EncodeChunkCommand.SEAM_WIDTH);
    }

    private static String height() {
        return Integer.toString(EncodeChunkCommand.SEAM_HEIGHT);
    }
}
