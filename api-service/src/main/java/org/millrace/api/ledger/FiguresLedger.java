package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.model.id.VideoId;
import org.millrace.model.task.Lane;

/** Figures about everything the ledger holds, each in one query, for dashboards and for scaling. */
@ApplicationScoped
public class FiguresLedger {

    private static final Set<VideoState> UNFINISHED =
            EnumSet.of(VideoState.PROCESSING, VideoState.FAILED, VideoState.CANCELLED);

    private final Transactions transactions;

    FiguresLedger(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Unfinished tasks of one lane in one state.
     *
     * @param lane their lane
     * @param state where they stand: waiting, reserved, offered or running
     * @param count how many there are
     * @param since when the one that has stood there longest could first have been dispatched
     */
    public record Backlog(Lane lane, TaskState state, long count, Instant since) {}

    /**
     * Videos in one state.
     *
     * @param state where they stand
     * @param count how many there are
     * @param sourceBytes length of their sources that are still kept
     */
    public record Library(VideoState state, long count, long sourceBytes) {}

    /**
     * What the installation holds and has promised to hold.
     *
     * @param sources bytes of uploaded files that are kept
     * @param sets bytes of all objects that players and people can fetch
     * @param expected bytes that unfinished work may add to the sets at most, as far as it is planned; the pieces it has
     *     made already are part of that
     * @param announced bytes that open uploads have declared, arrived or not
     * @param videos how many videos there are, open uploads among them
     */
    public record Usage(long sources, long sets, long expected, long announced, long videos) {

        /** All bytes together. */
        public long bytes() {
            return sources + sets + expected + announced;
        }
    }

    /** What waits and what runs; lanes and states without tasks are left out. */
    public List<Backlog> backlog() {
        return transactions.read(() -> entities()
                .createQuery(
                        "select t.lane, t.state, count(t), min(t.updatedAt), min(t.notBefore) from TaskRow t"
                                + " where t.state in (?1) group by t.lane, t.state",
                        Object[].class)
                .setParameter(
                        1, EnumSet.of(TaskState.WAITING, TaskState.RESERVED, TaskState.OFFERED, TaskState.RUNNING))
                .getResultStream()
                .map(row -> new Backlog((Lane) row[0], (TaskState) row[1], (Long) row[2], earlier(row[3], row[4])))
                .toList());
    }

    /** How many videos there are; states without videos are left out. */
    public List<Library> library() {
        return transactions.read(() -> entities()
                .createQuery(
                        "select v.state, count(v), coalesce(sum(case when v.sourceDroppedAt is null"
                                + " then v.sourceBytes else 0 end), 0) from VideoRow v group by v.state",
                        Object[].class)
                .getResultStream()
                .map(row -> new Library((VideoState) row[0], (Long) row[1], ((Number) row[2]).longValue()))
                .toList());
    }

    /** Bytes of all objects that players and people can fetch. */
    public long publishedBytes() {
        return transactions.read(() -> entities()
                .createQuery("select coalesce(sum(p.sizeBytes), 0) from PublishedRow p", Long.class)
                .getSingleResult());
    }

    /** Bytes of all objects of one video that players and people can fetch. */
    public long publishedBytes(VideoId video) {
        return transactions.read(() -> entities()
                .createQuery(
                        "select coalesce(sum(p.sizeBytes), 0) from PublishedRow p where p.videoId = ?1", Long.class)
                .setParameter(1, video.value())
                .getSingleResult());
    }

    /** What is held and promised now; inside a transaction, with what that has changed. */
    public Usage usage() {
        return transactions.read(() -> {
            List<Library> library = library();
            Object[] open = entities()
                    .createQuery(
                            "select count(u), coalesce(sum(u.length), 0) from UploadRow u where u.done = false",
                            Object[].class)
                    .getSingleResult();
            return new Usage(
                    library.stream().mapToLong(Library::sourceBytes).sum(),
                    publishedBytes(),
                    expectedBytes(),
                    ((Number) open[1]).longValue(),
                    library.stream().mapToLong(Library::count).sum() + (Long) open[0]);
        });
    }

    /**
     * What unfinished sets will add to what is published of them: all their pieces at the most that each may take, and for
     * a picture that is copied the length of its source. A set whose work was stopped keeps the pieces it has.
     */
    private static long expectedBytes() {
        Map<String, Long> coming = byVideo(
                "select t.videoId, sum(t.bytes) + max(case when t.kind = 'remux' then v.sourceBytes else 0 end)"
                        + " from TaskRow t, VideoRow v where v.id = t.videoId and v.state in (?1)"
                        + " and t.setNumber = v.buildingSet and t.kind in (?2)"
                        + " and (t.state = ?3 or v.state = ?4) group by t.videoId",
                UNFINISHED,
                TaskRow.MAKES_PIECES,
                TaskState.DONE,
                VideoState.PROCESSING);
        Map<String, Long> there = byVideo(
                "select p.videoId, sum(p.sizeBytes) from PublishedRow p, VideoRow v where v.id = p.videoId"
                        + " and v.state in (?1) and p.setNumber = v.buildingSet and p.track is not null"
                        + " group by p.videoId",
                UNFINISHED);
        return coming.entrySet().stream()
                .mapToLong(video -> Math.max(0, video.getValue() - there.getOrDefault(video.getKey(), 0L)))
                .sum();
    }

    private static Map<String, Long> byVideo(String query, Object... parameters) {
        TypedQuery<Object[]> asked = entities().createQuery(query, Object[].class);
        for (int i = 0; i < parameters.length; i++) {
            asked.setParameter(i + 1, parameters[i]);
        }
        return asked.getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> ((Number) row[1]).longValue()));
    }

    /** A task that waits for room is put off again and again, but has not changed since it was released. */
    private static Instant earlier(Object one, Object other) {
        Instant first = (Instant) one;
        Instant second = (Instant) other;
        return first.isBefore(second) ? first : second;
    }

    private static EntityManager entities() {
        return TaskRow.getEntityManager();
    }
}
