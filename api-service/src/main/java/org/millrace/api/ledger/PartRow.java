package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.wire.WireFormat;

/**
 * An accepted part of the result of a task that is not done yet. Once accepted it may be listed in a playlist, so it is
 * never replaced; the next attempt goes on behind it.
 */
@Entity
@Table(name = "part")
@IdClass(PartRow.Key.class)
class PartRow extends PanacheEntityBase {

    /** Whose part it is. */
    @Id
    @Column(name = "task_id")
    String taskId;

    /** Its place, from 0. */
    @Id
    int seq;

    /** The attempt that made it. */
    @Column(name = "attempt_id")
    String attemptId;

    /** The {@link EncodedTrack} as JSON. */
    String track;

    /** When it was accepted. */
    @Column(name = "created_at")
    Instant createdAt;

    PartRow() {}

    PartRow(String taskId, int seq, String attemptId, EncodedTrack track, Instant createdAt) {
        this.taskId = taskId;
        this.seq = seq;
        this.attemptId = attemptId;
        this.track = WireFormat.write(track);
        this.createdAt = createdAt;
    }

    /** The parts of a task in order. */
    static List<PartRow> of(String taskId) {
        return list("taskId = ?1 order by seq", taskId);
    }

    EncodedTrack encodedTrack() {
        return WireFormat.read(track, EncodedTrack.class);
    }

    /** Task and place together. */
    record Key(String taskId, int seq) implements Serializable {}
}
