package org.millrace.api.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.Result;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;
import org.millrace.model.wire.WireFormat;

/** Answers what there is of a set: its finished tracks, or else the pieces that tasks have made so far. */
@ApplicationScoped
public class GrowthLedger {

    private static final int REMEMBERED_FRAGMENTS = 1_000_000;

    private final Transactions transactions;

    /** Tracks of tasks that are done: they never change, and reading them again for every playlist would cost most. */
    private final Cache<String, List<EncodedTrack>> results = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_FRAGMENTS)
            .weigher((String task, List<EncodedTrack> tracks) -> 1
                    + tracks.stream()
                            .mapToInt(track -> track.fragments().size())
                            .sum())
            .build();

    GrowthLedger(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * What there is of a set.
     *
     * @return empty if there is no such video, or nothing is planned or left of this set; of a set that is not the one
     *     being built, what is left is all that was planned
     */
    public Optional<Growth> of(VideoId video, int set) {
        return transactions.read(() -> {
            VideoRow row = VideoRow.findById(video.value());
            return row == null ? Optional.empty() : Optional.ofNullable(growthOrNull(row, set));
        });
    }

    /** The set that a video builds, or has built last; null if nothing is planned yet. */
    Growth building(VideoRow video) {
        return growthOrNull(video, video.buildingSet);
    }

    private Growth growthOrNull(VideoRow video, int set) {
        Outline outline = set == video.buildingSet ? video.outlineOrNull() : null;
        if (outline == null) {
            return replacedOrNull(video, set);
        }
        List<Maker> makers = makers(video.id, set);
        Map<String, Growth.Track> tracks = new HashMap<>(published(video.id, set));
        Map<String, List<Made>> made = made(makers);
        long end = makers.stream().mapToLong(Maker::spanEnd).max().orElse(0);
        made.forEach((name, pieces) -> {
            if (!tracks.containsKey(name)) {
                Growth.Track track = contiguousOrNull(name, pieces, outline.whole() ? end : Long.MAX_VALUE);
                if (track != null) {
                    tracks.put(name, track);
                }
            }
        });
        return new Growth(set, audible(outline, makers, made), tracks, video.state != VideoState.PROCESSING);
    }

    /** A finished set beside which another one is built, or that another one has replaced: what is there was planned. */
    private static Growth replacedOrNull(VideoRow video, int set) {
        Map<String, Growth.Track> tracks = published(video.id, set);
        return tracks.isEmpty() || video.publishedSet == null || set > video.publishedSet
                ? null
                : new Growth(set, Outline.of(tracks.values(), sounds(video.id, set)), tracks, true);
    }

    private static Map<String, AudioInput> sounds(String video, int set) {
        return TaskRow.getEntityManager()
                .createQuery(
                        "select t.name, t.work from TaskRow t where t.videoId = ?1 and t.setNumber = ?2"
                                + " and t.kind = 'encode audio'",
                        Object[].class)
                .setParameter(1, video)
                .setParameter(2, set)
                .getResultStream()
                .map(row -> WireFormat.read((String) row[1], Task.class))
                .map(Task.EncodeAudio.class::cast)
                .collect(Collectors.toMap(Task.EncodeAudio::name, Task.EncodeAudio::audio, (lead, rest) -> rest));
    }

    /** A task that makes pieces. */
    private record Maker(String id, String name, boolean chunk, boolean done, Long spanTo) {
        long spanEnd() {
            return spanTo == null ? 0 : spanTo;
        }
    }

    /** A piece and the task that made it. */
    private record Made(EncodedTrack track, Maker maker) {}

    private static List<Maker> makers(String video, int set) {
        return TaskRow.getEntityManager()
                .createQuery(
                        "select t.id, t.name, t.kind, t.state, t.spanTo from TaskRow t where t.videoId = ?1"
                                + " and t.setNumber = ?2 and t.kind in (?3) order by t.ordinal",
                        Object[].class)
                .setParameter(1, video)
                .setParameter(2, set)
                .setParameter(3, TaskRow.MAKES_PIECES)
                .getResultStream()
                .map(row -> new Maker(
                        (String) row[0], (String) row[1], TaskRow.CHUNK.equals(row[2]), row[3] == TaskState.DONE, (Long)
                                row[4]))
                .toList();
    }

    private static Map<String, Growth.Track> published(String video, int set) {
        return PublishedRow.ofSet(video, set).stream()
                .filter(row -> row.track != null)
                .collect(Collectors.toMap(
                        row -> row.name, row -> new Growth.Track(row.name, List.of(row.encodedTrack()), true)));
    }

    private Map<String, List<Made>> made(List<Maker> makers) {
        Set<String> unread = makers.stream()
                .filter(maker -> maker.done() && results.getIfPresent(maker.id()) == null)
                .map(Maker::id)
                .collect(Collectors.toCollection(HashSet::new));
        read(unread);
        Map<String, List<EncodedTrack>> parts = parts(makers);
        Map<String, List<Made>> made = new HashMap<>();
        for (Maker maker : makers) {
            List<EncodedTrack> tracks = maker.done()
                    ? Objects.requireNonNullElse(results.getIfPresent(maker.id()), List.of())
                    : parts.getOrDefault(maker.id(), List.of());
            for (EncodedTrack track : tracks) {
                made.computeIfAbsent(track.name(), name -> new ArrayList<>()).add(new Made(track, maker));
            }
        }
        return made;
    }

    private void read(Collection<String> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        TaskRow.getEntityManager()
                .createQuery("select t.id, t.result from TaskRow t where t.id in (?1)", Object[].class)
                .setParameter(1, tasks)
                .getResultStream()
                .forEach(row -> results.put((String) row[0], tracks((String) row[1])));
    }

    private static List<EncodedTrack> tracks(String result) {
        return result != null && WireFormat.read(result, Result.class) instanceof Result.Tracks made
                ? made.tracks()
                : List.of();
    }

    private static Map<String, List<EncodedTrack>> parts(List<Maker> makers) {
        Set<String> running =
                makers.stream().filter(maker -> !maker.done()).map(Maker::id).collect(Collectors.toSet());
        if (running.isEmpty()) {
            return Map.of();
        }
        return PartRow.<PartRow>list("taskId in (?1) order by taskId, seq", running).stream()
                .collect(Collectors.groupingBy(
                        part -> part.taskId, Collectors.mapping(PartRow::encodedTrack, Collectors.toList())));
    }

    private static Growth.Track contiguousOrNull(String name, List<Made> pieces, long end) {
        List<Made> ordered = pieces.stream()
                .sorted((one, other) ->
                        Long.compare(one.track().startTicks(), other.track().startTicks()))
                .toList();
        List<EncodedTrack> listed = new ArrayList<>();
        Maker last = null;
        for (Made piece : ordered) {
            long start = piece.track().startTicks();
            if (listed.isEmpty()
                    ? piece.track().init() == null
                    : start > listed.getLast().endTicks()) {
                break;
            }
            if (listed.isEmpty() || start == listed.getLast().endTicks()) {
                listed.add(piece.track());
                last = piece.maker();
            }
        }
        if (listed.isEmpty()) {
            return null;
        }
        boolean complete = last.done()
                && (last.chunk() ? last.spanEnd() == end : !last.name().endsWith("-lead"));
        return new Growth.Track(name, listed, complete);
    }

    /** Without the sounds that could not be decoded after all: their tasks are done and have made nothing. */
    private static Outline audible(Outline outline, List<Maker> makers, Map<String, List<Made>> made) {
        List<Outline.Sound> heard = outline.sounds().stream()
                .filter(sound -> made.containsKey(sound.name())
                        || makers.stream().anyMatch(maker -> maker.name().startsWith(sound.name()) && !maker.done()))
                .toList();
        return new Outline(
                outline.grid(),
                outline.rungs(),
                outline.copied(),
                outline.start(),
                outline.whole(),
                heard,
                outline.forecastBytes());
    }
}
