package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.millrace.model.ladder.Rung;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;

/**
 * Makes the offer of a task as things stand now: without what is accepted of its result already, and without the start
 * rendition where that is made ahead. To be called inside the transaction that reserves the task.
 */
@ApplicationScoped
class Offers {

    private final LeadLedger leads;

    Offers(LeadLedger leads) {
        this.leads = leads;
    }

    TaskOffer of(TaskRow row, Pace pace) {
        VideoRow video = VideoRow.findById(row.videoId);
        leads.addIfLate(video, row, pace);
        List<EncodedTrack> parts =
                PartRow.of(row.id).stream().map(PartRow::encodedTrack).toList();
        boolean mustFit = TaskRow.MAKES_PIECES.contains(row.kind);
        return new TaskOffer(
                row.taskId(),
                row.video(),
                row.offers,
                row.lane,
                row.strategy,
                row.weight,
                mustFit ? video.encoder : null,
                work(video, row).resumed(parts),
                parts.size());
    }

    private static Task work(VideoRow video, TaskRow row) {
        Task task = row.task();
        boolean led = task instanceof Task.EncodeChunk chunk
                && chunk.rungs().size() > 1
                && video.outlineOrNull() != null
                && LeadLedger.isLed(row);
        if (!led) {
            return task;
        }
        Task.EncodeChunk chunk = (Task.EncodeChunk) task;
        String start = video.outlineOrNull().start();
        List<Rung> others = chunk.rungs().stream()
                .filter(rung -> !rung.name().equals(start))
                .toList();
        return chunk.of(chunk.span(), others);
    }
}
