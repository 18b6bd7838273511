package org.millrace.api.library;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.millrace.api.ledger.AttemptRow;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.TaskRow;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.media.Loudness;
import org.millrace.model.message.Result;
import org.millrace.model.wire.WireFormat;

/** Gathers what a report is written from. */
@ApplicationScoped
public class ReportReader {

    private final Transactions transactions;

    ReportReader(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What was done to a video; empty before its header is read. */
    public Optional<Report> of(VideoRow video) {
        return video.facts == null
                ? Optional.empty()
                : Optional.of(ReportWriter.of(transactions.read(() -> evidence(video))));
    }

    private static Evidence evidence(VideoRow video) {
        boolean again = PublishedRow.count("videoId = ?1 and setNumber < ?2", video.id, video.buildingSet) > 0;
        boolean finished = Integer.valueOf(video.buildingSet).equals(video.publishedSet);
        return new Evidence(
                video.mediaFacts(),
                video.packetList(),
                video.sourceBytes,
                video.duration,
                video.remarkList(),
                video.buildingSet,
                video.outlineOrNull(),
                again ? firstStart(video) : video.createdAt,
                again ? null : video.growingSince,
                finished ? video.readyAt : null,
                finished,
                tasks(video),
                attempts(video),
                objects(video));
    }

    private static Instant firstStart(VideoRow video) {
        return ofSet(
                        "select min(a.startedAt) from AttemptRow a, TaskRow t where t.id = a.taskId"
                                + " and t.videoId = ?1 and t.setNumber = ?2",
                        Instant.class,
                        video)
                .getFirst();
    }

    /** Without work and results, which are large; only what was measured is read. */
    private static List<Evidence.Done> tasks(VideoRow video) {
        return ofSet(
                        "select t.name, t.kind, t.state, case when t.kind = 'measure loudness' then t.result else null end"
                                + " from TaskRow t where t.videoId = ?1 and t.setNumber = ?2 order by t.ordinal",
                        Object[].class,
                        video)
                .stream()
                .map(row -> new Evidence.Done(
                        (String) row[0], (String) row[1], (TaskState) row[2], loudnessOrNull((String) row[3])))
                .toList();
    }

    private static Loudness loudnessOrNull(String result) {
        return result != null && WireFormat.read(result, Result.class) instanceof Result.Measured measured
                ? measured.loudness()
                : null;
    }

    private static List<Evidence.Try> attempts(VideoRow video) {
        return ofSet(
                        "select t.name, t.kind, a.state, a.wallSeconds, a.cpuSeconds from AttemptRow a, TaskRow t"
                                + " where t.id = a.taskId and t.videoId = ?1 and t.setNumber = ?2 and t.kind <> 'audit'"
                                + " order by a.startedAt, a.id",
                        Object[].class,
                        video)
                .stream()
                .map(row -> new Evidence.Try(
                        (String) row[0], (String) row[1], (AttemptRow.State) row[2], (Double) row[3], (Double) row[4]))
                .toList();
    }

    private static List<Evidence.Made> objects(VideoRow video) {
        return ofSet(
                        "select p.name, p.kind, p.sizeBytes from PublishedRow p where p.videoId = ?1"
                                + " and p.setNumber = ?2 order by p.name",
                        Object[].class,
                        video)
                .stream()
                .map(row -> new Evidence.Made((String) row[0], (PublishedRow.Kind) row[1], (Long) row[2]))
                .toList();
    }

    private static <T> List<T> ofSet(String query, Class<T> type, VideoRow video) {
        return TaskRow.getEntityManager()
                .createQuery(query, type)
                .setParameter(1, video.id)
                .setParameter(2, video.buildingSet)
                .getResultList();
    }
}
