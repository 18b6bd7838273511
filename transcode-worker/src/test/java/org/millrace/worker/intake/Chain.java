package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.Loudness;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.plan.Leads;
import org.millrace.model.plan.Loss;
import org.millrace.model.plan.Plan;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.plan.Planner;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Supplies;
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

    /** Plans the video as the ledger does and does all that is planned. */
    Ending carry(Path file) {
        return carry(file, new PlanRequest.Limits(false, true));
    }

    /** The same, planned with limits. */
    Ending carry(Path file, PlanRequest.Limits limits) {
        return carry(file, limits, UnaryOperator.identity());
    }

    /** The same with tasks changed before they are done. */
    Ending carry(Path file, PlanRequest.Limits limits, UnaryOperator<Task> change) {
        VideoId video = VideoId.random();
        ObjectKey source = MediaLayout.source(video);
        store.put(source, file);
        List<Remark> remarks = new ArrayList<>();
        Outcome header = attempt(video, new Task.Analyse(source, Task.Analyse.Scope.HEADER), remarks);
        if (header instanceof Outcome.AttemptFailed failure) {
            return new Ending(failure, null, null, Map.of(), remarks);
        }
        MediaFacts facts = ((Result.Header) result(header)).facts();
        List<TrackIndex> tracks = ((Result.Header) result(header)).packets();
        if (!((Result.Header) result(header)).whole()) {
            Outcome index = attempt(video, new Task.Analyse(source, Task.Analyse.Scope.INDEX), remarks);
            if (index instanceof Outcome.AttemptFailed failure) {
                return new Ending(failure, facts, null, Map.of(), remarks);
            }
            tracks = ((Result.Index) result(index)).tracks();
        }
        Loss.atEnd(facts, tracks).ifPresent(remarks::add);
        Plan plan =
                Planner.plan(new PlanRequest(source, 1, facts, tracks, true, null, PlanRequest.Wishes.DEFAULT, limits));
        return work(video, facts, plan, remarks, change);
    }

    /** A task as the planner makes it, for a video whose picture is encoded. */
    Task planned(ObjectKey source, String name) {
        return planned(source, name, new PlanRequest.Limits(false, true));
    }

    /** A task as the planner makes it. */
    Task planned(ObjectKey source, String name, PlanRequest.Limits limits) {
        Outcome header = attempt(VideoId.random(), new Task.Analyse(source, Task.Analyse.Scope.HEADER), Strategy.PLAIN);
        Result.Header facts = (Result.Header) result(header);
        PlanRequest request = new PlanRequest(
                source, 1, facts.facts(), facts.packets(), true, null, PlanRequest.Wishes.DEFAULT, limits);
        return Planner.plan(request).task(name).orElseThrow().task();
    }

    private Ending work(VideoId video, MediaFacts facts, Plan plan, List<Remark> remarks, UnaryOperator<Task> change) {
        Map<String, Result> results = new HashMap<>();
        for (PlannedTask planned : plan.tasks()) {
            List<EncodedTrack> made = planned.needs().stream()
                    .map(results::get)
                    .filter(Result.Tracks.class::isInstance)
                    .flatMap(result -> ((Result.Tracks) result).tracks().stream())
                    .toList();
            Task task = withoutLeads(planned.task(), plan, results).given(new Supplies(made, loudness(results)));
            Outcome outcome = attempt(video, change.apply(task), remarks);
            if (outcome instanceof Outcome.AttemptFailed failure && !planned.isOptional()) {
                return new Ending(failure, facts, plan, results, remarks);
            }
            if (outcome instanceof Outcome.AttemptSucceeded) {
                results.put(planned.name(), result(outcome));
            }
        }
        return new Ending(null, facts, plan, results, remarks);
    }

    /** What leads have made the chunk need not make again. */
    private static Task withoutLeads(Task task, Plan plan, Map<String, Result> results) {
        if (!(task instanceof Task.EncodeChunk chunk) || chunk.rungs().size() == 1) {
            return task;
        }
        long led = results.entrySet().stream()
                .filter(result -> Leads.isLead(result.getKey()))
                .flatMap(result -> ((Result.Tracks) result.getValue()).tracks().stream())
                .mapToLong(EncodedTrack::samples)
                .sum();
        List<Rung> others = chunk.rungs().stream()
                .filter(rung -> !rung.name().equals(plan.start()))
                .toList();
        return led >= chunk.span().to() ? chunk.of(chunk.span(), others) : chunk;
    }

    private static Loudness loudness(Map<String, Result> results) {
        return results.values().stream()
                .filter(Result.Measured.class::isInstance)
                .map(result -> ((Result.Measured) result).loudness())
                .findFirst()
                .orElse(null);
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

    /** One try. */
    Outcome attempt(VideoId video, Task task, Strategy strategy) {
        return attempt(new TaskOffer(TaskId.random(), video, 1, Lane.BULK, strategy, 1, null, task, null));
    }

    /** One try at an offer. */
    Outcome attempt(TaskOffer offer) {
        return attempt(offer, 0);
    }

    /** The same with a number of threads for each decoder and encoder. */
    Outcome attempt(TaskOffer offer, int threads) {
        AttemptId id = AttemptId.random();
        Path folder = scratch.create("attempt-" + id);
        try {
            return runner.run(new Attempt(offer, id, folder, threads)).orElseThrow();
        } finally {
            scratch.delete(folder);
        }
    }

    static Result result(Outcome outcome) {
        return ((Outcome.AttemptSucceeded) outcome).manifest().result();
    }
}
