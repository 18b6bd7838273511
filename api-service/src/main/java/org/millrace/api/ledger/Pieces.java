package org.millrace.api.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.millrace.model.id.AttemptId;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Seam;
import org.millrace.model.task.Task;

/** Whether the pieces that tasks report belong together. To be asked inside the transaction that takes them in. */
final class Pieces {

    private Pieces() {}

    /**
     * The whole result of a task: the parts that earlier attempts left behind, and all that the present one has made.
     *
     * @param made all pieces of the attempt, those it has published as parts first
     * @return empty if they do not follow each other, or are not those that were accepted
     */
    static Optional<Result.Tracks> whole(TaskRow task, AttemptId attempt, Result.Tracks made) {
        if (!task.task().publishesParts()) {
            return Optional.of(made);
        }
        List<EncodedTrack> pieces = new ArrayList<>();
        List<EncodedTrack> accepted = new ArrayList<>();
        for (PartRow part : PartRow.of(task.id)) {
            (part.attemptId.equals(attempt.value()) ? accepted : pieces).add(part.encodedTrack());
        }
        boolean same = accepted.size() <= made.tracks().size()
                && accepted.equals(made.tracks().subList(0, accepted.size()));
        pieces.addAll(made.tracks());
        for (int i = 1; i < pieces.size(); i++) {
            same &= pieces.get(i).startTicks() == pieces.get(i - 1).endTicks();
        }
        return same ? Optional.of(new Result.Tracks(pieces, made.seam())) : Optional.empty();
    }

    /** A chunk's result without the start rendition if leads have been made for it since it was offered. */
    static Result.Tracks wanted(VideoRow video, TaskRow task, Result.Tracks made) {
        if (made.tracks().size() < 2 || !TaskRow.CHUNK.equals(task.kind) || !LeadLedger.isLed(task)) {
            return made;
        }
        String start = video.outlineOrNull().start();
        List<EncodedTrack> others = made.tracks().stream()
                .filter(track -> !track.name().equals(start))
                .toList();
        return new Result.Tracks(others, made.seam());
    }

    /**
     * Whether a chunk goes on where its neighbours stop. Where the source is damaged pictures may differ without harm.
     */
    static boolean fitTheirNeighbours(VideoRow video, TaskRow task, Result result, List<Remark> remarks) {
        boolean damaged = remarks.stream().anyMatch(remark -> remark.kind() == Remark.Kind.LOSS);
        if (damaged || !(task.task() instanceof Task.EncodeChunk) || !(result instanceof Result.Tracks made)) {
            return true;
        }
        Seam mine = made.seam();
        return mine == null
                || (seam(video, "spanTo", task.spanFrom)
                                .map(before -> before.fits(mine))
                                .orElse(true)
                        && seam(video, "spanFrom", task.spanTo).map(mine::fits).orElse(true));
    }

    private static Optional<Seam> seam(VideoRow video, String side, Long frame) {
        List<TaskRow> neighbours = TaskRow.list(
                "videoId = ?1 and setNumber = ?2 and kind = ?3 and state = ?4 and " + side + " = ?5",
                video.id,
                video.buildingSet,
                TaskRow.CHUNK,
                TaskState.DONE,
                frame);
        return neighbours.stream()
                .map(TaskRow::resultOrNull)
                .filter(Result.Tracks.class::isInstance)
                .map(result -> ((Result.Tracks) result).seam())
                .filter(Objects::nonNull)
                .findFirst();
    }
}
