package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.model.plan.PlannedTask;
import org.millrace.model.task.Lane;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Task;
import org.millrace.model.task.Urgency;

/** The ledger's finished sets: what belongs to them, their manifests, and the checks that prove them whole. */
@ApplicationScoped
public class SetLedger {

    private static final String AUDIT = "audit-";

    /** CPU seconds of reading and decoding a second of all renditions. */
    private static final double AUDIT_WEIGHT = 0.1;

    private final Transactions transactions;
    private final PlanWriter plans;
    private final Clock clock;

    SetLedger(Transactions transactions, PlanWriter plans, Clock clock) {
        this.transactions = transactions;
        this.plans = plans;
        this.clock = clock;
    }

    /**
     * A finished set.
     *
     * @param video whose
     * @param title what people call the video
     * @param set its number
     */
    public record Finished(VideoId video, String title, int set) {}

    /** Every set that is played and complete, oldest video first. */
    public List<Finished> finished() {
        return finished("");
    }

    /** Those of them whose manifest has to be written. */
    public List<Finished> withoutManifest() {
        return finished(" and not exists (select p.name from PublishedRow p where p.videoId = v.id"
                + " and p.setNumber = v.publishedSet and p.name = '" + Publishing.MANIFEST + "')");
    }

    private List<Finished> finished(String more) {
        return transactions.read(() -> VideoRow.getEntityManager()
                .createQuery(
                        "select v.id, v.title, v.publishedSet from VideoRow v where v.publishedSet is not null"
                                + " and (v.state = ?1 or v.publishedSet <> v.buildingSet)" + more
                                + " order by v.createdAt, v.id",
                        Object[].class)
                .setParameter(1, VideoState.READY)
                .getResultStream()
                .map(row -> new Finished(new VideoId((String) row[0]), (String) row[1], (Integer) row[2]))
                .toList());
    }

    /** Everything that belongs to a set. */
    public List<PublishedRow> objects(VideoId video, int set) {
        return transactions.read(() -> PublishedRow.ofSet(video.value(), set));
    }

    /** Where the uploaded bytes of a video are and how many; empty if there is no such video or they were deleted. */
    public Optional<StoredFile> source(VideoId video) {
        return transactions.read(() -> VideoRow.<VideoRow>findByIdOptional(video.value())
                .filter(row -> row.sourceDroppedAt == null)
                .map(row -> new StoredFile(row.source(), row.sourceBytes, null)));
    }

    /**
     * Notes a manifest that was written.
     *
     * @param described what it describes; if that has changed meanwhile, or there is a manifest, nothing is noted
     */
    public void manifestWritten(VideoId video, int set, List<PublishedRow> described, StoredFile manifest) {
        transactions.write(() -> {
            List<String> now = hashes(PublishedRow.ofSet(video.value(), set));
            boolean noted = PublishedRow.count(
                            "videoId = ?1 and setNumber = ?2 and name = ?3", video.value(), set, Publishing.MANIFEST)
                    > 0;
            if (!noted && now.equals(hashes(described)) && VideoRow.findById(video.value()) != null) {
                PublishedRow row = new PublishedRow();
                row.videoId = video.value();
                row.setNumber = set;
                row.name = Publishing.MANIFEST;
                row.kind = PublishedRow.Kind.MANIFEST;
                row.objectKey = manifest.object().value();
                row.sizeBytes = manifest.sizeBytes();
                row.sha256 = manifest.sha256();
                row.persist();
            }
            return null;
        });
    }

    private static List<String> hashes(List<PublishedRow> rows) {
        return rows.stream()
                .filter(row -> row.kind != PublishedRow.Kind.MANIFEST)
                .map(row -> row.name + " " + row.objectKey + " " + row.sha256)
                .sorted()
                .toList();
    }

    /**
     * Lets a worker read and decode a set.
     *
     * @return the task; empty if the set is not the one that is played any more
     */
    public Optional<TaskId> audit(Finished set) {
        return transactions.write(() -> {
            VideoRow video = VideoRow.findById(set.video().value());
            Instant now = clock.instant();
            if (video == null || !Integer.valueOf(set.set()).equals(video.publishedSet)) {
                return Optional.empty();
            }
            TaskRow.delete("videoId = ?1 and name like ?2 and state in (?3)", video.id, AUDIT + "%", TaskState.FINAL);
            List<PublishedRow> rows = PublishedRow.ofSet(video.id, set.set());
            String name = AUDIT + now.toEpochMilli();
            double weight = 1 + (video.duration == null ? 0 : video.duration * AUDIT_WEIGHT);
            plans.add(
                    video, List.of(new PlannedTask(name, List.of(), Lane.BULK, Urgency.REST, weight, task(rows))), now);
            return Optional.of(plans.find(video, name).taskId());
        });
    }

    /** What an audit has found: a sentence for each fault; empty while it goes on. */
    public Optional<List<String>> found(TaskId audit) {
        return transactions.read(() -> {
            TaskRow row = TaskRow.findById(audit.value());
            if (row == null || row.state == TaskState.CANCELLED) {
                return Optional.of(List.of("The check was broken off."));
            }
            if (row.state == TaskState.FAILED) {
                return Optional.of(List.of("The check could not be done: " + row.failureCode + "."));
            }
            return row.resultOrNull() instanceof Result.Audited audited
                    ? Optional.of(audited.faults())
                    : Optional.empty();
        });
    }

    private static Task.Audit task(List<PublishedRow> rows) {
        return new Task.Audit(
                rows.stream()
                        .filter(row -> row.track != null)
                        .map(PublishedRow::encodedTrack)
                        .toList(),
                rows.stream()
                        .filter(row -> row.track == null && row.sha256 != null)
                        .map(row -> new StoredFile(new ObjectKey(row.objectKey), row.sizeBytes, row.sha256))
                        .toList());
    }
}
