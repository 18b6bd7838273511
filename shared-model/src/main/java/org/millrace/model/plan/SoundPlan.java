package org.millrace.model.plan;

import java.util.ArrayList;
import java.util.List;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.AudioInput;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.model.task.Task.Part;
import org.millrace.model.task.Urgency;

/** The tasks that make sound tracks, and the plan of a file that has nothing else. */
final class SoundPlan {

    /** The first sound's beginning is made ahead when the whole takes longer than somebody should wait. */
    static final double LEAD_SECONDS = 60;

    private static final int KBIT_PER_CHANNEL = 64;

    private SoundPlan() {}

    /** The plan of a file with nothing but sound. */
    static Plan of(PlanRequest request) {
        List<PlannedTask> tasks = new ArrayList<>();
        List<AudioTrack> sounds = request.sounds();
        Integer cover = request.facts().video().stream()
                .filter(VideoTrack::still)
                .map(VideoTrack::index)
                .findFirst()
                .orElse(null);
        tasks.add(new PlannedTask(
                "cover",
                List.of(),
                Lane.FAST,
                Urgency.REST,
                1,
                new Task.Cover(request.source(), request.set(), cover, input(request.facts(), sounds.getFirst()))));
        List<String> assembled = new ArrayList<>();
        addSounds(tasks, request, assembled);
        addDownload(tasks, request, null, assembled);
        return new Plan(null, List.of(), null, null, true, tasks, Notes.of(request));
    }

    /** Adds the tasks of all sound tracks; {@code assembled} takes the names of those that finish them. */
    static void addSounds(List<PlannedTask> tasks, PlanRequest request, List<String> assembled) {
        List<AudioTrack> sounds = request.sounds();
        for (int i = 0; i < sounds.size(); i++) {
            AudioTrack sound = sounds.get(i);
            String name = name(i);
            List<String> makers =
                    i == 0 ? addFirst(tasks, request, sound, name) : addOther(tasks, request, sound, name);
            assembled.add(addAssembly(tasks, name, request.set(), makers, assembled, request.endOf(sound.index())));
        }
    }

    /** What the beginning of the video needs, before its end is known. */
    static void addLead(List<PlannedTask> tasks, PlanRequest request) {
        if (!request.sounds().isEmpty()) {
            addMaker(tasks, request, request.sounds().getFirst(), name(0), Part.LEAD, LEAD_SECONDS);
        }
    }

    /** Joins pieces, after what was assembled before: one at a time, so that little space is used twice. */
    static String addAssembly(
            List<PlannedTask> tasks, String track, int set, List<String> pieces, List<String> before, double seconds) {
        List<String> needs = new ArrayList<>(pieces);
        if (!before.isEmpty()) {
            needs.add(before.getLast());
        }
        String name = "assemble-" + track;
        tasks.add(new PlannedTask(
                name, needs, Lane.BULK, Urgency.REST, Weights.join(seconds), new Task.Assemble(track, set, List.of())));
        return name;
    }

    /** Packs the progressive MP4. */
    static void addDownload(List<PlannedTask> tasks, PlanRequest request, String rung, List<String> assembled) {
        String sound = request.sounds().isEmpty() ? null : name(0);
        Task work = new Task.Download(request.set(), rung, sound, List.of());
        tasks.add(new PlannedTask("download", assembled, Lane.BULK, Urgency.REST, 0.5, work));
    }

    private static List<String> addFirst(List<PlannedTask> tasks, PlanRequest request, AudioTrack sound, String name) {
        double end = request.endOf(sound.index());
        if (end <= LEAD_SECONDS * 1.25) {
            return List.of(addMaker(tasks, request, sound, name, Part.WHOLE, end));
        }
        String lead = addMaker(tasks, request, sound, name, Part.LEAD, LEAD_SECONDS);
        return List.of(lead, addMaker(tasks, request, sound, name, Part.REST, end));
    }

    private static List<String> addOther(List<PlannedTask> tasks, PlanRequest request, AudioTrack sound, String name) {
        return List.of(addMaker(tasks, request, sound, name, Part.WHOLE, request.endOf(sound.index())));
    }

    private static String addMaker(
            List<PlannedTask> tasks, PlanRequest request, AudioTrack sound, String track, Part part, double seconds) {
        boolean first = track.equals(name(0));
        boolean fast = first && part != Part.REST;
        Lane lane = fast ? Lane.FAST : Lane.BULK;
        Urgency urgency = fast ? Urgency.START : first ? Urgency.FOLLOW : Urgency.REST;
        AudioInput input = input(request.facts(), sound);
        List<String> needs = new ArrayList<>();
        if (part == Part.REST) {
            needs.add(track + "-lead");
        }
        if (request.wishes().normalise()) {
            needs.add(measured(tasks, request, sound, track, input, lane, urgency));
        }
        String name = part == Part.LEAD ? track + "-lead" : track;
        Task work = new Task.EncodeAudio(
                request.source(),
                input,
                track,
                KBIT_PER_CHANNEL * input.mixedChannels(),
                seconds,
                request.set(),
                part,
                null,
                null);
        tasks.add(new PlannedTask(name, needs, lane, urgency, Weights.audio(seconds), work));
        return name;
    }

    private static String measured(
            List<PlannedTask> tasks,
            PlanRequest request,
            AudioTrack sound,
            String track,
            AudioInput input,
            Lane lane,
            Urgency urgency) {
        String name = "loudness-" + track;
        if (tasks.stream().noneMatch(task -> task.name().equals(name))) {
            double seconds = request.endOf(sound.index());
            Task work = new Task.MeasureLoudness(request.source(), input, seconds);
            tasks.add(new PlannedTask(name, List.of(), lane, urgency, Weights.audio(seconds), work));
        }
        return name;
    }

    private static AudioInput input(MediaFacts facts, AudioTrack sound) {
        return new AudioInput(sound.index(), facts.startSeconds(), sound.language(), sound.title(), sound.channels());
    }

    private static String name(int number) {
        return "audio-" + (number + 1);
    }
}
