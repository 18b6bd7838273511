package org.millrace.api.ledger;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Rung;
import org.millrace.model.plan.Plan;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;

/**
 * What a plan has decided about a set, apart from its tasks: what will be there when it is finished.
 *
 * @param grid the output's frames; null for a file with nothing but sound
 * @param rungs renditions, largest first; empty for a file with nothing but sound
 * @param copied name of the rung that is copied from the source; null if there is none
 * @param start name of the rung that playing begins with; null for a file with nothing but sound
 * @param whole whether the end of the source is known, so that all is planned
 * @param sounds sound tracks, the one to hear first in front; before the end is known, only that one
 * @param forecastBytes what the set and the work on it will need at most; 0 before the end is known
 */
public record Outline(
        Grid grid,
        List<Rung> rungs,
        String copied,
        String start,
        boolean whole,
        List<Sound> sounds,
        long forecastBytes) {

    private static final AudioInput UNKNOWN = new AudioInput(0, 0, null, null, null);

    /** Takes copies of the lists. */
    public Outline {
        rungs = List.copyOf(rungs);
        sounds = List.copyOf(sounds);
    }

    /**
     * A sound track.
     *
     * @param name for example {@code audio-1}
     * @param audio what the source says of it
     */
    public record Sound(String name, AudioInput audio) {}

    /** The outline of a plan. */
    static Outline of(Plan plan) {
        List<Sound> sounds = plan.tasks().stream()
                .filter(task -> task.task() instanceof Task.EncodeAudio)
                .map(task -> (Task.EncodeAudio) task.task())
                .map(task -> new Sound(task.name(), task.audio()))
                .distinct()
                .toList();
        return new Outline(
                plan.grid(),
                plan.rungs(),
                plan.copied(),
                plan.start(),
                plan.whole(),
                sounds,
                plan.whole() ? plan.forecastBytes() : 0);
    }

    /**
     * The outline of a finished set whose plan is forgotten.
     *
     * @param tracks all of them
     * @param sounds by name, what the source says of them
     */
    static Outline of(Collection<Growth.Track> tracks, Map<String, AudioInput> sounds) {
        List<EncodedTrack> all =
                tracks.stream().map(track -> track.pieces().getFirst()).toList();
        List<Rung> rungs = all.stream()
                .filter(EncodedTrack::isVideo)
                .sorted(Comparator.comparingInt(EncodedTrack::height).reversed())
                .map(Outline::rung)
                .toList();
        List<Sound> heard = all.stream()
                .filter(track -> !track.isVideo())
                .map(EncodedTrack::name)
                .sorted()
                .map(name -> new Sound(name, sounds.getOrDefault(name, UNKNOWN)))
                .toList();
        return new Outline(
                null, rungs, null, rungs.isEmpty() ? null : rungs.getLast().name(), true, heard, 0);
    }

    private static Rung rung(EncodedTrack track) {
        int kbit = (int) (8 * track.sizeBytes() / 1000 / Math.max(0.1, track.seconds())) + 1;
        return new Rung(track.name(), track.width(), track.height(), 0, kbit, 2 * kbit, null);
    }

    /** The rung of a name; empty if there is none. */
    public Optional<Rung> rung(String name) {
        return rungs.stream().filter(rung -> rung.name().equals(name)).findFirst();
    }

    /** Length in seconds as planned; null for a file with nothing but sound. */
    public Double seconds() {
        return grid == null ? null : grid.seconds();
    }
}
