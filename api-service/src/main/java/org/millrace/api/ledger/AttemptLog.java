package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.millrace.model.id.VideoId;

/** Every try at a video's tasks, kept as long as the video. */
@ApplicationScoped
public class AttemptLog {

    private final Transactions transactions;

    AttemptLog(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A try and its task.
     *
     * @param attempt the try
     * @param task what was tried
     */
    public record Entry(AttemptRow attempt, TaskRow task) {}

    /** The tries at a video's tasks, in the order they began. */
    public List<Entry> of(VideoId video) {
        return transactions.read(() -> AttemptRow.getEntityManager()
                .createQuery(
                        "select a, t from AttemptRow a, TaskRow t where t.id = a.taskId and a.videoId = ?1"
                                + " order by a.startedAt, a.id",
                        Object[].class)
                .setParameter(1, video.value())
                .getResultStream()
                .map(pair -> new Entry((AttemptRow) pair[0], (TaskRow) pair[1]))
                .toList());
    }
}
