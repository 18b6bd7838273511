package org.millrace.api.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.millrace.model.id.AttemptId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Rung;
import org.millrace.model.media.Loudness;
import org.millrace.model.message.Result;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.store.StoredObject;

/**
 * One attempt at a task, done with footage.
 *
 * @param store where results go
 * @param offer the task
 * @param attempt the try
 * @param footage what there is to see and to hear
 */
public record Work(MediaStore store, TaskOffer offer, AttemptId attempt, Footage footage) {

    private static final int PICTURE_SCALE = 90_000;

    /** The parts of a task that publishes any, GOP by GOP; empty for others. */
    public List<EncodedTrack> parts() {
        List<EncodedTrack> parts = new ArrayList<>();
        switch (offer.work()) {
            case Task.EncodeChunk chunk
            when chunk.live() -> {
                int gop = chunk.grid().gopFrames();
                for (long from = chunk.span().from(); from < chunk.span().to(); from += gop) {
                    parts.add(piece(
                            chunk,
                            chunk.rungs().getFirst(),
                            from,
                            Math.min(from + gop, chunk.span().to())));
                }
            }
            case Task.Remux copy -> {
                FragmentedFile file = footage.copied(copy.name());
                int from = copy.skipTicks() == null ? 0 : (int) (copy.skipTicks() / (2 * PICTURE_SCALE));
                int to = (int) Math.min(file.count(), Math.ceil(copy.seconds() / 2));
                for (int i = from; i < to; i++) {
                    parts.add(track(copy.name(), file, footage.width(), footage.height(), i, i + 1));
                }
            }
            case Task.EncodeAudio audio -> {
                FragmentedFile sound = footage.sound(audio.name());
                long skip = audio.skipTicks() == null ? 0 : audio.skipTicks();
                long tick = 0;
                for (int i = 0; i < sound.count(); i++) {
                    long end = tick + sound.fact(i).duration();
                    boolean within = audio.part() != Task.Part.LEAD || end <= audio.seconds() * sound.timescale();
                    if (tick >= skip && within) {
                        parts.add(track(audio.name(), sound, 0, 0, i, i + 1));
                    }
                    tick = end;
                }
            }
            default -> {
                // All other tasks publish at their end.
            }
        }
        return parts;
    }

    /** What a task makes that publishes no parts. */
    public Result result() {
        return switch (offer.work()) {
            case Task.EncodeChunk chunk ->
                Result.Tracks.of(chunk.rungs().stream()
                        .map(rung -> piece(
                                chunk, rung, chunk.span().from(), chunk.span().to()))
                        .toList());
            case Task.Assemble assemble -> Result.Tracks.of(List.of(joined(assemble)));
            case Task.Preview preview ->
                poster(preview.set(), preview.atSeconds() == null ? footage.seconds() / 3.0 : preview.atSeconds());
            case Task.Cover cover -> {
                StoredFile file = put(cover.set(), "cover.jpg", footage.cover());
                yield new Result.Poster(file.object(), file.sizeBytes(), 1280, 720, file.sha256());
            }
            case Task.Storyboard board -> storyboard(board);
            case Task.ExtractSubtitles subtitles -> subtitles(subtitles);
            case Task.Download download -> {
                StoredFile file = put(download.set(), "download.mp4", footage.whole());
                yield new Result.File(file.object(), file.sizeBytes(), file.sha256());
            }
            case Task.MeasureLoudness loudness -> new Result.Measured(new Loudness(-23.0, -9.0));
            case Task.Remux copy -> throw new AssertionError("Copies are published in parts");
            case Task.EncodeAudio audio -> throw new AssertionError("Sound is published in parts");
            case Task.Analyse analyse -> throw new AssertionError("The test has to answer: " + analyse);
            case Task.Audit audit -> new Result.Audited(List.of());
        };
    }

    private EncodedTrack piece(Task.EncodeChunk chunk, Rung rung, long fromFrame, long toFrame) {
        int gop = chunk.grid().gopFrames();
        FragmentedFile file = footage.rendition(rung.name(), rung.height(), rung.width());
        int to = (int) Math.min(file.count(), (toFrame + gop - 1) / gop);
        return track(rung.name(), file, rung.width(), rung.height(), (int) (fromFrame / gop), to);
    }

    private EncodedTrack track(String name, FragmentedFile file, int width, int height, int from, int to) {
        ObjectKey object =
                MediaLayout.attempt(offer.video(), offer.task(), attempt).child(name + "-" + from + ".mp4");
        return track(name, object, file, width, height, from, to, from == 0 ? init(name, file) : null);
    }

    private EncodedTrack track(
            String name,
            ObjectKey object,
            FragmentedFile file,
            int width,
            int height,
            int from,
            int to,
            ObjectKey init) {
        StoredObject stored = store.put(object, file.with(from, to));
        List<Fragment> fragments = new ArrayList<>();
        long offset = file.init().length;
        long start = 0;
        for (int i = 0; i < to; i++) {
            Fragment fact = file.fact(i);
            if (i < from) {
                start += fact.duration();
            } else {
                fragments.add(new Fragment(offset, fact.size(), fact.duration(), fact.samples()));
                offset += fact.size();
            }
        }
        return new EncodedTrack(
                name,
                object,
                offset,
                stored.sha256().orElse("0".repeat(64)),
                width > 0 ? codecs(file.init()) : "mp4a.40.2",
                width,
                height,
                width > 0 ? PICTURE_SCALE : file.timescale(),
                file.init().length,
                "0".repeat(60) + name.length(),
                fragments,
                start,
                init);
    }

    private ObjectKey init(String name, FragmentedFile file) {
        ObjectKey key = MediaLayout.published(offer.video(), set(), attempt).child(name + ".init.mp4");
        store.put(key, file.init());
        return key;
    }

    private int set() {
        return switch (offer.work()) {
            case Task.EncodeChunk chunk -> chunk.set();
            case Task.EncodeAudio audio -> audio.set();
            case Task.Remux copy -> copy.set();
            default -> throw new AssertionError("It begins nothing");
        };
    }

    private EncodedTrack joined(Task.Assemble assemble) {
        EncodedTrack first = assemble.pieces().getFirst();
        FragmentedFile file = first.isVideo()
                ? footage.rendition(first.name(), first.height(), first.width())
                : footage.sound(first.name());
        ObjectKey object =
                MediaLayout.published(offer.video(), assemble.set(), attempt).child(assemble.track() + ".mp4");
        return track(first.name(), object, file, first.width(), first.height(), 0, file.count(), first.init());
    }

    private Result.Poster poster(int set, double at) {
        StoredFile file = put(set, "poster-" + (int) (1000 * at) + ".jpg", footage.poster(at, 360));
        return new Result.Poster(file.object(), file.sizeBytes(), 640, 360, file.sha256());
    }

    private Result.Storyboard storyboard(Task.Storyboard board) {
        int interval = 2;
        int tiles = Math.max(1, footage.seconds() / interval);
        int rows = (tiles + 4) / 5;
        return new Result.Storyboard(
                poster(board.set(), footage.seconds() / 2.0),
                put(board.set(), "storyboard.jpg", footage.sheet(interval, 5, rows)),
                5,
                tiles,
                160,
                90,
                interval,
                put(board.set(), "clip.mp4", footage.clip()));
    }

    private Result.Subtitles subtitles(Task.ExtractSubtitles task) {
        return new Result.Subtitles(task.tracks().stream()
                .map(track -> {
                    StringBuilder text = new StringBuilder("WEBVTT\n");
                    for (int second = 0; second < footage.seconds(); second += 2) {
                        text.append("\n00:%02d:%02d.000 --> 00:%02d:%02d.900\n%s %d\n"
                                .formatted(
                                        second / 60,
                                        second % 60,
                                        (second + 1) / 60,
                                        (second + 1) % 60,
                                        track.language() == null ? "words" : track.language(),
                                        second));
                    }
                    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                    return new Result.SubtitleFile(
                            track,
                            put(task.set(), "subtitles-" + track.index() + ".vtt", bytes),
                            footage.seconds() / 2);
                })
                .toList());
    }

    private StoredFile put(int set, String name, byte[] bytes) {
        ObjectKey key = MediaLayout.published(offer.video(), set, attempt).child(name);
        StoredObject stored = store.put(key, bytes);
        return new StoredFile(key, bytes.length, stored.sha256().orElseThrow());
    }

    /** Profile, constraints and level, as the decoder's configuration has them. */
    private static String codecs(byte[] init) {
        String text = new String(init, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("avcC") + 5;
        return "avc1." + HexFormat.of().formatHex(init, at, at + 3);
    }
}
