package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.model.task.Urgency;
import org.millrace.model.wire.WireFormat;

/** What the ledger knows of a task. Only this package changes it. */
@Entity
@Table(name = "task")
public class TaskRow extends PanacheEntityBase {

    /** {@link Task#kind} of tasks that make chunks. */
    static final String CHUNK = "encode chunk";

    /** {@link Task#kind} of tasks that join pieces. */
    static final String ASSEMBLE = "assemble";

    /** {@link Task#kind} of tasks that make pieces of tracks. */
    static final List<String> MAKES_PIECES = List.of(CHUNK, "encode audio", "remux");

    /** A {@link TaskId}. */
    @Id
    public String id;

    /** Whose task it is. */
    @Column(name = "video_id")
    public String videoId;

    /** The video's owner: owners get fair turns. */
    public String owner;

    /** Which set of the video it builds. */
    @Column(name = "set_number")
    public int setNumber;

    /** Its place in the plan. */
    public int ordinal;

    /** Its name in the plan, for example {@code chunk-0}. */
    public String name;

    /** {@link Task#kind}. */
    public String kind;

    /** The queue it waits in. */
    @Enumerated(EnumType.STRING)
    public Lane lane;

    /** What it waits behind. */
    @Enumerated(EnumType.ORDINAL)
    public Urgency urgency;

    /** Whether a video can do without its result. */
    public boolean optional;

    /** Room that its result may take in the media store, in bytes. */
    public long bytes;

    /** First frame of the chunk it makes; null if it makes none. */
    @Column(name = "span_from")
    public Long spanFrom;

    /** Frame after the last of the chunk it makes; null if it makes none. */
    @Column(name = "span_to")
    public Long spanTo;

    /** Where it stands. */
    @Enumerated(EnumType.STRING)
    public TaskState state;

    /** Expected work in CPU seconds. */
    public double weight;

    /** Share of the work that is known to be done, 0 to 1. */
    public double fraction;

    /** The {@link Task} as JSON. */
    public String work;

    /** The {@link Result} as JSON; null until done. */
    public String result;

    /** How its source is treated now. */
    @Enumerated(EnumType.STRING)
    public Strategy strategy;

    /** How often it was published. */
    public int offers;

    /** Failures that were nobody's fault, since the last retry by a person. */
    @Column(name = "transient_failures")
    public int transientFailures;

    /** Failures with the present strategy. */
    @Column(name = "tricky_failures")
    public int trickyFailures;

    /** Not to be dispatched before. */
    @Column(name = "not_before")
    public Instant notBefore;

    /** When a reservation that was not followed by publication lapses; null unless reserved. */
    @Column(name = "reserved_until")
    public Instant reservedUntil;

    /** When it was published last; null if it never was. */
    @Column(name = "offered_at")
    public Instant offeredAt;

    /** The attempt that holds or last held the lease; null if there was none. */
    @Column(name = "attempt_id")
    public String attemptId;

    /** The offer that led to that attempt. */
    @Column(name = "attempt_offer")
    public Integer attemptOffer;

    /** The worker of that attempt. */
    @Column(name = "worker_id")
    public String workerId;

    /** When the lease ends unless it is renewed; null unless running. */
    @Column(name = "lease_until")
    public Instant leaseUntil;

    /** Why it failed last; null if it never did. */
    @Column(name = "failure_code")
    public String failureCode;

    /** Technical detail of the last failure; null if there is none. */
    @Column(name = "failure_detail")
    public String failureDetail;

    /** When the video was uploaded: older videos come first. */
    @Column(name = "created_at")
    public Instant createdAt;

    /** When it changed last. */
    @Column(name = "updated_at")
    public Instant updatedAt;

    /** Counts changes, for compare-and-set. */
    @Version
    public int version;

    /** Its identifier. */
    public TaskId taskId() {
        return new TaskId(id);
    }

    /** Whose task it is. */
    public VideoId video() {
        return new VideoId(videoId);
    }

    /** What to do. */
    public Task task() {
        return WireFormat.read(work, Task.class);
    }

    /** What it made; null until done. */
    public Result resultOrNull() {
        return result == null ? null : WireFormat.read(result, Result.class);
    }

    /**
     * Notes why it failed.
     *
     * @param detail may quote the file, so be any text; null if there is nothing to add
     */
    void failedWith(FailureCode code, String detail) {
        failureCode = code.slug();
        // The one character that PostgreSQL refuses.
        failureDetail = detail == null ? null : detail.replace('\0', ' ');
    }

    /** Moves to another state; a move that is not legal is refused with false and changes nothing. */
    boolean moveTo(TaskState next, Instant now) {
        if (!state.mayBecome(next)) {
            return false;
        }
        state = next;
        updatedAt = now;
        if (next != TaskState.RUNNING) {
            leaseUntil = null;
        }
        if (next != TaskState.RESERVED) {
            reservedUntil = null;
        }
        return true;
    }
}
