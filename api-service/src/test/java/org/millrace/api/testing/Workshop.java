package org.millrace.api.testing;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.millrace.api.ledger.AttemptLedger;
import org.millrace.api.ledger.NewVideo;
import org.millrace.api.ledger.Pace;
import org.millrace.api.ledger.TaskGlimpse;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.id.WorkerId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.message.Manifest;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.plan.Leads;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Remark;
import org.millrace.model.testing.SampleSource;
import org.millrace.store.MediaStore;

/** A worker that a test plays by hand, with real media: it does the tasks that it is told to, in the order it is told. */
@ApplicationScoped
public class Workshop {

    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final String ENCODER = "encoder 1";
    private static final Pace FAST = new Pace(0, 100, 0);

    private final VideoLedger videos;
    private final TaskLedger tasks;
    private final AttemptLedger attempts;
    private final MediaStore store;
    private final WorkerId worker = WorkerId.random();
    private final Map<VideoId, Footage> footage = new HashMap<>();

    Workshop(VideoLedger videos, TaskLedger tasks, AttemptLedger attempts, MediaStore store) {
        this.videos = videos;
        this.tasks = tasks;
        this.attempts = attempts;
        this.store = store;
    }

    /** Uploads footage and looks at it, so that everything is planned. */
    public VideoId upload(String title, Footage of) {
        return upload(title, of, of.source());
    }

    /** The same with a source that says something else of itself. */
    public VideoId upload(String title, Footage of, SampleSource source) {
        VideoId video = VideoId.random();
        footage.put(video, of);
        byte[] bytes = title.getBytes(StandardCharsets.UTF_8);
        store.put(MediaLayout.source(video), bytes);
        videos.accept(
                new NewVideo(
                        video,
                        "local",
                        title,
                        title + ".mkv",
                        MediaLayout.source(video),
                        24_000_000,
                        PlanRequest.Wishes.DEFAULT),
                null);
        look(video, source);
        return video;
    }

    /** Looks at the source again, for a set that was planned from the header on. */
    public void look(VideoId video, SampleSource source) {
        Work work = begin(video, "analyse-header");
        end(work, new Result.Header(source.facts(), source.packets(), true));
    }

    /** Does tasks by their names. What is published in parts is published GOP by GOP. */
    public void run(VideoId video, String... names) {
        for (String name : names) {
            Work work = begin(video, name);
            List<EncodedTrack> parts = work.parts();
            for (int i = 0; i < parts.size(); i++) {
                part(work, i, parts.get(i));
            }
            end(work, parts.isEmpty() ? work.result() : Result.Tracks.of(parts));
        }
    }

    /** Makes all renditions of chunks, the start rendition too where the ledger has it made ahead. */
    public void runChunks(VideoId video, String... names) {
        for (String name : names) {
            run(video, name);
            for (String lead = lead(video); lead != null; lead = lead(video)) {
                run(video, lead);
            }
        }
    }

    private String lead(VideoId video) {
        return waiting(video).filter(Leads::isLead).findFirst().orElse(null);
    }

    /** Publishes the first parts of a task and leaves it running. */
    public void runParts(VideoId video, String name, int number) {
        Work work = begin(video, name);
        for (int i = 0; i < number; i++) {
            part(work, i, work.parts().get(i));
        }
    }

    /** Does everything that waits, until nothing does. */
    public void runAll(VideoId video) {
        for (String next = next(video); next != null; next = next(video)) {
            run(video, next);
        }
    }

    /** The tasks that wait, in the order of the plan. */
    public Stream<String> waiting(VideoId video) {
        return tasks.ofVideo(videos.find(video).orElseThrow()).stream()
                .filter(task -> task.state() == TaskState.WAITING)
                .map(TaskGlimpse::name);
    }

    private String next(VideoId video) {
        return waiting(video).findFirst().orElse(null);
    }

    /** Takes a task. */
    public Work begin(VideoId video, String name) {
        TaskId task = tasks.ofVideo(videos.find(video).orElseThrow()).stream()
                .filter(glimpse -> glimpse.name().equals(name))
                .map(TaskGlimpse::id)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No task is called " + name));
        TaskOffer offer = tasks.reserve(task, LEASE, FAST, OptionalLong.empty())
                .orElseThrow(() -> new AssertionError(name + " does not wait"));
        tasks.offered(List.of(offer));
        AttemptId attempt = AttemptId.random();
        attempts.started(new Outcome.AttemptStarted(task, attempt, worker, offer.offer()), LEASE);
        return new Work(store, offer, attempt, footage.get(video));
    }

    /** Publishes a part. */
    public void part(Work work, int seq, EncodedTrack track) {
        attempts.partPublished(
                new Outcome.PartPublished(work.offer().task(), work.attempt(), worker, seq, track, ENCODER));
    }

    /** Reports success. */
    public void end(Work work, Result result, Remark... remarks) {
        Manifest manifest = new Manifest(result, List.of(remarks), ENCODER, 1.5, 2);
        attempts.succeeded(new Outcome.AttemptSucceeded(work.offer().task(), work.attempt(), worker, manifest));
    }
}
