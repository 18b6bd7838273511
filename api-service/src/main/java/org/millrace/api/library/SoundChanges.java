package org.millrace.api.library;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.api.ledger.Outline;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.playback.Language;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.Loudness;
import org.millrace.model.media.SubtitleTrack;

/** Tells what was done to sound and subtitles. What the plan has left out stands in the remarks. */
final class SoundChanges {

    private static final String LOUDNESS = "loudness-";

    private final Evidence evidence;
    private final List<Report.Change> changes = new ArrayList<>();

    private SoundChanges(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Report.Change> of(Evidence evidence) {
        SoundChanges all = new SoundChanges(evidence);
        if (evidence.outline() != null) {
            all.addSounds(evidence.outline().sounds());
        }
        all.addSubtitles();
        return all.changes;
    }

    private void addSounds(List<Outline.Sound> kept) {
        Map<Integer, AudioTrack> tracks = evidence.facts().audio().stream()
                .collect(Collectors.toMap(AudioTrack::index, track -> track, (one, other) -> one));
        for (Outline.Sound sound : kept) {
            AudioTrack track = tracks.get(sound.audio().track());
            String which = kept.size() == 1
                    ? "The sound"
                    : "The sound in " + language(sound.audio().language());
            int channels = track == null ? 0 : track.channels();
            boolean mixed = channels > 2;
            sound(mixed ? "mixed-down" : "sound-converted", which + converted(track, channels));
            addLoudness(sound.name(), which);
        }
        if (kept.isEmpty() && tracks.isEmpty()) {
            sound("silent", "The file has no sound.");
        }
    }

    private static String converted(AudioTrack track, int channels) {
        String codec = track == null || track.codec() == null ? null : MediaWords.codec(track.codec());
        String mixed = channels > 2 ? " and mixed down from " + MediaWords.channels(channels) + " to stereo." : ".";
        return "AAC".equals(codec)
                ? " was encoded anew as AAC" + mixed
                : " was converted" + (codec == null ? "" : " from " + codec) + " to AAC" + mixed;
    }

    private void addLoudness(String name, String which) {
        evidence.tasks().stream()
                .filter(task -> task.name().equals(LOUDNESS + name) && task.state() == TaskState.DONE)
                .map(Evidence.Done::loudness)
                .filter(loudness -> loudness != null && loudness.integratedLufs() != null)
                .findFirst()
                .ifPresent(loudness -> sound("normalised", which + normalised(loudness)));
    }

    private static String normalised(Loudness loudness) {
        double gain = loudness.gainDb();
        String measured = String.format(Locale.ROOT, "%.1f LUFS", loudness.integratedLufs());
        if (Math.abs(gain) < 0.05) {
            return " has the usual loudness already (" + measured + ").";
        }
        String by = String.format(Locale.ROOT, "%.1f dB", Math.abs(gain));
        return " was made " + by + (gain > 0 ? " louder" : " quieter") + ": it had " + measured + ".";
    }

    private void addSubtitles() {
        Set<String> made = evidence.objects().stream()
                .filter(object -> object.kind() == PublishedRow.Kind.SUBTITLES)
                .map(Evidence.Made::name)
                .collect(Collectors.toCollection(HashSet::new));
        boolean done = evidence.tasks().stream()
                .anyMatch(task -> task.name().equals("subtitles") && TaskState.DONE == task.state());
        List<String> kept = new ArrayList<>();
        int empty = 0;
        for (SubtitleTrack track : evidence.facts().subtitles()) {
            if (made.contains("subtitles-" + track.index())) {
                kept.add(language(track.language()));
            } else if (done && track.isText()) {
                empty++;
            }
        }
        if (!kept.isEmpty()) {
            subtitles("subtitles-kept", "Subtitles were kept: " + String.join(", ", kept) + ".");
        }
        if (empty > 0) {
            subtitles(
                    "subtitles-empty",
                    empty == 1 ? "One subtitle track holds no text." : empty + " subtitle tracks hold no text.");
        }
    }

    /** A language in words. */
    static String language(String code) {
        String tag = Language.tagOrNull(code);
        return tag == null ? "an unknown language" : Language.name(tag);
    }

    private void sound(String code, String text) {
        changes.add(new Report.Change(Report.About.SOUND, code, text));
    }

    private void subtitles(String code, String text) {
        changes.add(new Report.Change(Report.About.SUBTITLES, code, text));
    }
}
