package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.task.EncodedTrack;

/** Tells what of a video's objects the ledger knows nothing of. */
@ApplicationScoped
public class LeftoverLedger {

    /** Where the attempt stands in the keys below work and below set. */
    private static final int ATTEMPT = 4;

    private final Transactions transactions;

    LeftoverLedger(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A video that nobody works on.
     *
     * @param video its identifier
     * @param since when it changed last
     */
    public record Settled(VideoId video, Instant since) {}

    /** Videos that nobody works on and that changed last in a span of time, the longest settled first. */
    public List<Settled> settled(Instant after, Instant until, int most) {
        return transactions.read(() -> VideoRow.<VideoRow>find(
                        "state <> ?1 and updatedAt > ?2 and updatedAt <= ?3 order by updatedAt, id",
                        VideoState.PROCESSING,
                        after,
                        until)
                .page(0, most)
                .stream()
                .map(row -> new Settled(row.videoId(), row.updatedAt))
                .toList());
    }

    /** Of objects of a video those that nothing needs; none if somebody works on it. */
    public List<ObjectKey> leftovers(VideoId video, Collection<ObjectKey> there) {
        return transactions.read(() -> {
            VideoRow row = VideoRow.findById(video.value());
            if (row == null || row.state == VideoState.PROCESSING) {
                return List.of();
            }
            Set<String> kept = keptObjects(row);
            Set<String> attempts = keptAttempts(row);
            return there.stream()
                    .filter(key -> !kept.contains(key.value()))
                    .filter(key -> isOfAttempt(key) && !attempts.contains(attempt(key)))
                    .toList();
        });
    }

    /** What is published, and the inits that growing playlists have named. */
    private static Set<String> keptObjects(VideoRow video) {
        Set<String> kept = new HashSet<>();
        for (PublishedRow row : PublishedRow.<PublishedRow>list("videoId", video.id)) {
            kept.add(row.objectKey);
            EncodedTrack track = row.encodedTrack();
            if (track != null && track.init() != null) {
                kept.add(track.init().value());
            }
        }
        return kept;
    }

    /** Attempts whose result counts, or parts of it do. */
    private static Set<String> keptAttempts(VideoRow video) {
        return TaskRow.getEntityManager()
                .createQuery(
                        "select a.id from AttemptRow a where a.videoId = ?1 and (a.state = ?2"
                                + " or a.id in (select p.attemptId from PartRow p where p.taskId = a.taskId))",
                        String.class)
                .setParameter(1, video.id)
                .setParameter(2, AttemptRow.State.SUCCEEDED)
                .getResultStream()
                .collect(Collectors.toSet());
    }

    private static boolean isOfAttempt(ObjectKey key) {
        String[] parts = key.value().split("/");
        return parts.length > ATTEMPT + 1 && (parts[2].equals("work") || parts[2].equals("set"));
    }

    private static String attempt(ObjectKey key) {
        return key.value().split("/")[ATTEMPT];
    }
}
