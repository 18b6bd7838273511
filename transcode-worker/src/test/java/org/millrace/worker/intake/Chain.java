package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.plan.Loss;
import org.millrace.model.plan.Plan;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.plan.Planner;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.ScratchFolder;

/** Carries a source through all of its tasks, as the ledger would, without channels between. */
@ApplicationScoped
class Chain {

    @Inject
    AttemptRunner runner;

    @Inject
    MediaStore store;

    @Inject
    ScratchFolder scratch;

    /** What became of a source. */
    record Ending(
            Outcome.AttemptFailed failure,
            MediaFacts facts,
            Plan plan,
            Map<String, Result> results,
            List<Remark> remarks) {

        boolean isPartial() {
            return remarks.stream().anyMatch(remark -> remark.kind() == Remark.Kind.LOSS);
        }

        EncodedTrack assembled(String track) {
            return ((Result.Tracks) results.get("assemble-" + track)).tracks().getFirst();
        }

        Result.File download() {
            return (Result.File) results.get("download");
        }
    }

    /** Plans the video in chunks of so many GOPs; 0 makes it one chunk. */
    Ending carry(Path file, int gopsPerChunk) {
        VideoId video = VideoId.random();
        ObjectKey source = MediaLayout.source(video);
        store.put(source, file);
        List<Remark> remarks = new ArrayList<>();
        Outcome header = attempt(video, new Task.Analyse(source, Task.Analyse.Scope.HEADER), remarks);
        if (header instanceof Outcome.AttemptFailed failure) {
            return new Ending(failure, null, null, Map.of(), remarks);
        }
        MediaFacts facts = ((Result.Header) result(header)).facts();
        Outcome index = attempt(video, new Task.Analyse(source, Task.Analyse.Scope.INDEX), remarks);
        if (index instanceof Outcome.AttemptFailed failure) {
            return new Ending(failure, facts, null, Map.of(), remarks);
        }
        List<TrackIndex> tracks = ((Result.Index) result(index)).tracks();
        Loss.atEnd(facts, tracks).ifPresent(remarks::add);
        Grid grid = Planner.grid(facts, tracks);
        Plan plan = Planner.plan(source, facts, tracks, 1, grid, spans(grid, gopsPerChunk));
        return work(video, facts, plan, remarks);
    }

    private Ending work(VideoId video, MediaFacts facts, Plan plan, List<Remark> remarks) {
        Map<String, Result> results = new HashMap<>();
        for (PlannedTask planned : plan.tasks()) {
            List<EncodedTrack> made = planned.needs().stream()
                    .map(results::get)
                    .filter(Result.Tracks.class::isInstance)
                    .flatMap(result -> ((Result.Tracks) result).tracks().stream())
                    .toList();
            Outcome outcome = attempt(video, planned.task().given(made), remarks);
            if (outcome instanceof Outcome.AttemptFailed failure) {
                return new Ending(failure, facts, plan, results, remarks);
            }
            results.put(planned.name(), result(outcome));
        }
        return new Ending(null, facts, plan, results, remarks);
    }

    /** Tries plainly, then tolerantly if the first try says that this could help. */
    Outcome attempt(VideoId video, Task task, List<Remark> remarks) {
        Outcome outcome = attempt(video, task, Strategy.PLAIN);
        if (outcome instanceof Outcome.AttemptFailed failure && failure.failureClass() == FailureClass.TRICKY) {
            outcome = attempt(video, task, Strategy.TOLERANT);
        }
        if (outcome instanceof Outcome.AttemptSucceeded success) {
            remarks.addAll(success.manifest().remarks());
        }
        return outcome;
    }

    private Outcome attempt(VideoId video, Task task, Strategy strategy) {
        TaskOffer offer = new TaskOffer(TaskId.random(), video, 1, Lane.BULK, strategy, 1, null, task);
        AttemptId id = AttemptId.random();
        Path folder = scratch.create("attempt-" + id);
        try {
            return runner.run(new Attempt(offer, id, folder, 0)).orElseThrow();
        } finally {
            scratch.delete(folder);
        }
    }

    static Result result(Outcome outcome) {
        return ((Outcome.AttemptSucceeded) outcome).manifest().result();
    }

    private static List<Span> spans(Grid grid, int gopsPerChunk) {
        if (gopsPerChunk == 0) {
            return List.of(grid.whole());
        }
        List<Span> spans = new ArrayList<>();
        long step = (long) gopsPerChunk * grid.gopFrames();
        long from = 0;
        while (from < grid.frames()) {
            boolean last = from + step + grid.gopFrames() > grid.frames();
            long to = last ? grid.frames() : from + step;
            spans.add(new Span(from, to, last));
            from = to;
        }
        return spans;
    }
}
