package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One thing that happened to a video or one of its tasks. */
@Entity
@Table(name = "history")
public class HistoryRow extends PanacheEntityBase {

    /** Grows with time. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    /** Whose history it is. */
    @Column(name = "video_id")
    public String videoId;

    /** Which task it concerns; null if it concerns the whole video. */
    @Column(name = "task_id")
    public String taskId;

    /** When it happened. */
    public Instant at;

    /** What happened, in a few fixed words, for example {@code offered}. */
    public String what;

    /** More about it; null if there is nothing more to say. */
    public String detail;

    static void note(String videoId, String taskId, Instant at, String what, String detail) {
        HistoryRow row = new HistoryRow();
        row.videoId = videoId;
        row.taskId = taskId;
        row.at = at;
        row.what = what;
        row.detail = detail;
        row.persist();
    }
}
