package org.millrace.model.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Ladder;
import org.millrace.model.ladder.Rung;
import org.millrace.model.ladder.Span;
import org.millrace.model.media.SubtitleTrack;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.model.task.Task.Part;
import org.millrace.model.task.Urgency;
import org.millrace.model.task.VideoInput;

/** The plan of a file with a picture. */
final class VideoPlan {

    /** A first chunk of all rungs that takes no longer than this needs no lead. */
    private static final double QUICK = 1.5;

    private static final double COPY_LEAD_SECONDS = 60;

    private final PlanRequest request;
    private final VideoTrack picture;
    private final TrackIndex packets;
    private final Grid grid;
    private final List<Rung> rungs;
    private final Optional<Rung> copied;
    private final VideoInput input;
    private final List<PlannedTask> tasks = new ArrayList<>();

    VideoPlan(PlanRequest request, VideoTrack picture) {
        this.request = request;
        this.picture = picture;
        packets = request.packetsOf(picture.index()).orElseThrow();
        grid = Planner.grid(request);
        List<Rung> ladder = Ladder.rungs(
                picture.displayWidth(),
                picture.displayHeight(),
                grid.rate().value(),
                request.wishes().preset());
        long hold = request.whole() ? Planner.holdFrames(request, picture, grid) : 0;
        copied = Copying.of(request, picture, grid.rate(), ladder.getFirst(), hold);
        rungs = new ArrayList<>(ladder);
        copied.ifPresent(copy -> rungs.set(0, copy));
        input = new VideoInput(
                picture.index(),
                request.facts().startSeconds(),
                hold,
                request.facts().container(),
                picture);
    }

    Plan make() {
        String start = copied.orElseGet(() -> Ladder.start(rungs)).name();
        List<Rung> encoded = copied.isPresent() ? rungs.subList(1, rungs.size()) : rungs;
        List<String> assembled = new ArrayList<>();
        if (request.whole()) {
            addPoster();
            List<String> chunks = addPicture(encoded);
            SoundPlan.addSounds(tasks, request, assembled);
            addSubtitles();
            addAssemblies(encoded, chunks, assembled);
            addStoryboard(assembled);
            SoundPlan.addDownload(tasks, request, Planner.downloadRung(rungs).name(), assembled);
        } else {
            SoundPlan.addLead(tasks, request);
            addOpening(encoded);
            addPoster();
        }
        return new Plan(
                grid,
                rungs,
                copied.map(Rung::name).orElse(null),
                start,
                request.whole(),
                tasks,
                request.whole() ? Notes.of(request) : List.of());
    }

    private void addPoster() {
        Task work = new Task.Preview(request.source(), request.set(), input.withoutHold(), posterWithin(), null);
        tasks.add(new PlannedTask("poster", List.of(), Lane.FAST, Urgency.REST, 0.7, work));
    }

    /** Before the end is known a poster comes from the beginning, and has to be the same task afterwards. */
    private double posterWithin() {
        return Math.min(grid.seconds(), 600);
    }

    private void addOpening(List<Rung> encoded) {
        if (copied.isPresent()) {
            addCopy(Part.LEAD, COPY_LEAD_SECONDS, List.of());
            return;
        }
        boolean first = true;
        for (Span span :
                Chunks.opening(grid, packets.endSeconds() - request.facts().startSeconds())) {
            addLeads(chunk(span, encoded), encoded, first ? Urgency.START : Urgency.FOLLOW);
            first = false;
        }
    }

    /** Everything that makes picture; the names of the tasks that make chunks. */
    private List<String> addPicture(List<Rung> encoded) {
        if (copied.isPresent()) {
            addCopies();
        }
        if (encoded.isEmpty()) {
            return List.of();
        }
        if (request.limits().onePiece()) {
            return addOnePiece(encoded);
        }
        List<String> names = new ArrayList<>();
        List<Span> spans = Chunks.of(grid, packets, request.facts().startSeconds());
        boolean leads = copied.isEmpty() && encoded.size() > 1 && weight(spans.getFirst(), encoded) > QUICK;
        for (Span span : spans) {
            boolean ramp = copied.isEmpty() && names.size() < Chunks.RAMP.size();
            Urgency urgency = names.isEmpty() ? Urgency.START : Urgency.FOLLOW;
            Task.EncodeChunk work = chunk(span, encoded);
            if (ramp && leads) {
                addLeads(work, encoded, urgency);
            }
            boolean early = ramp && !leads;
            String name = "chunk-" + names.size();
            names.add(name);
            tasks.add(new PlannedTask(
                    name,
                    List.of(),
                    early ? Lane.FAST : Lane.BULK,
                    early ? urgency : Urgency.REST,
                    weight(span, encoded),
                    early && encoded.size() == 1 ? live(work) : work));
        }
        return names;
    }

    /** The start rendition is published as it grows; the others follow at the end. */
    private List<String> addOnePiece(List<Rung> encoded) {
        Rung start = Ladder.start(encoded);
        Task.EncodeChunk work = chunk(grid.whole(), encoded);
        tasks.add(new PlannedTask(
                Leads.name(0, grid),
                List.of(),
                Lane.BULK,
                Urgency.FOLLOW,
                weight(work.span(), List.of(start)),
                live(work.of(work.span(), List.of(start)))));
        List<Rung> others = encoded.stream().filter(rung -> !rung.equals(start)).toList();
        if (others.isEmpty()) {
            return List.of();
        }
        tasks.add(new PlannedTask(
                "chunk-0",
                List.of(),
                Lane.BULK,
                Urgency.REST,
                weight(work.span(), others),
                work.of(work.span(), others)));
        return List.of("chunk-0");
    }

    private void addLeads(Task.EncodeChunk chunk, List<Rung> encoded, Urgency urgency) {
        tasks.addAll(Leads.of(chunk, Ladder.start(encoded), urgency, request.facts(), packets));
    }

    private double weight(Span span, List<Rung> some) {
        return Weights.chunk(picture, grid, span, some, request.wishes().preset());
    }

    private static Task.EncodeChunk live(Task.EncodeChunk work) {
        return new Task.EncodeChunk(
                work.source(),
                work.video(),
                work.grid(),
                work.span(),
                work.rungs(),
                work.set(),
                work.preset(),
                work.seekSeconds(),
                true,
                work.window());
    }

    private Task.EncodeChunk chunk(Span span, List<Rung> encoded) {
        Double seek = request.limits().onePiece()
                ? null
                : Seeking.before(span.from(), grid, request.facts(), picture, packets);
        return new Task.EncodeChunk(
                request.source(),
                span.last() ? input : input.withoutHold(),
                grid,
                span,
                encoded,
                request.set(),
                request.wishes().preset(),
                seek,
                false,
                request.limits().onePiece() ? null : Windows.of(span, grid, request.facts(), packets, seek));
    }

    private void addCopies() {
        double end = grid.seconds();
        if (end <= COPY_LEAD_SECONDS * 1.25) {
            addCopy(Part.WHOLE, end, List.of());
        } else {
            addCopy(Part.LEAD, COPY_LEAD_SECONDS, List.of());
            addCopy(Part.REST, end, List.of(copyName(Part.LEAD)));
        }
    }

    private void addCopy(Part part, double seconds, List<String> needs) {
        boolean ahead = part != Part.REST;
        Task work = new Task.Remux(
                request.source(),
                part,
                input.withoutHold(),
                copied.orElseThrow().name(),
                request.set(),
                seconds,
                null);
        tasks.add(new PlannedTask(
                copyName(part),
                needs,
                ahead ? Lane.FAST : Lane.BULK,
                ahead ? Urgency.START : Urgency.FOLLOW,
                Weights.copy(seconds),
                work));
    }

    private String copyName(Part part) {
        String name = "copy-" + copied.orElseThrow().name();
        return part == Part.LEAD ? name + "-lead" : name;
    }

    private void addSubtitles() {
        List<SubtitleTrack> text = request.facts().subtitles().stream()
                .filter(SubtitleTrack::isText)
                .toList();
        if (!text.isEmpty()) {
            Task work = new Task.ExtractSubtitles(
                    request.source(), request.set(), request.facts().startSeconds(), text);
            tasks.add(new PlannedTask(
                    "subtitles", List.of(), Lane.BULK, Urgency.FOLLOW, Weights.copy(grid.seconds()), work));
        }
    }

    /** Smallest first: previews are made from it, and the largest is joined when nothing else takes space twice. */
    private void addAssemblies(List<Rung> encoded, List<String> chunks, List<String> assembled) {
        List<String> leads =
                tasks.stream().map(PlannedTask::name).filter(Leads::isLead).toList();
        for (Rung rung : encoded.reversed()) {
            List<String> makers = new ArrayList<>(chunks);
            if (rung.equals(Ladder.start(encoded))) {
                makers.addAll(leads);
            }
            assembled.add(SoundPlan.addAssembly(tasks, rung.name(), request.set(), makers, assembled, grid.seconds()));
        }
        copied.ifPresent(copy -> {
            List<String> makers = tasks.stream()
                    .map(PlannedTask::name)
                    .filter(name -> name.startsWith("copy-"))
                    .toList();
            assembled.add(SoundPlan.addAssembly(tasks, copy.name(), request.set(), makers, assembled, grid.seconds()));
        });
    }

    private void addStoryboard(List<String> assembled) {
        String small = rungs.getLast().name();
        String large = Planner.downloadRung(rungs).name();
        List<String> needs = List.of("assemble-" + small, "assemble-" + large).stream()
                .distinct()
                .toList();
        Task work = new Task.Storyboard(request.set(), grid.seconds(), small, large, List.of());
        tasks.add(new PlannedTask("storyboard", needs, Lane.BULK, Urgency.REST, 0.5 + grid.seconds() / 1000, work));
    }
}
