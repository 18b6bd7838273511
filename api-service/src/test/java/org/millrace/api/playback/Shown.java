package org.millrace.api.playback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Random;
import org.millrace.api.ledger.NewVideo;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.wire.WireFormat;
import org.millrace.store.MediaStore;

/** Puts videos into ledger and store as if workers had made them. */
@ApplicationScoped
public class Shown {

    private final VideoLedger videos;
    private final Transactions transactions;
    private final MediaStore store;

    Shown(VideoLedger videos, Transactions transactions, MediaStore store) {
        this.videos = videos;
        this.transactions = transactions;
        this.store = store;
    }

    /** A video that was only uploaded. */
    public VideoId uploaded(String owner, String title) {
        VideoId video = VideoId.random();
        videos.accept(
                new NewVideo(
                        video,
                        owner,
                        title,
                        "file.mkv",
                        MediaLayout.source(video),
                        1_234_567,
                        PlanRequest.Wishes.DEFAULT),
                null);
        return video;
    }

    /** A video that can be played: one picture, one sound, a download and a poster of a few kilobytes each. */
    public VideoId playable(String owner, String title) {
        VideoId video = uploaded(owner, title);
        publish(video, "240p", PublishedRow.Kind.VIDEO, bytes(1, 9_000));
        publish(video, "audio-1", PublishedRow.Kind.AUDIO, bytes(2, 5_000));
        publish(video, "download", PublishedRow.Kind.DOWNLOAD, bytes(3, 8_000));
        publish(video, "poster", PublishedRow.Kind.POSTER, bytes(4, 3_000));
        change(video, () -> {
            VideoRow row = VideoRow.findById(video.value());
            row.publishedSet = 1;
            row.duration = 4.0;
            row.facts = WireFormat.write(facts());
        });
        return video;
    }

    /** Puts an object of the first set into store and ledger. */
    public ObjectKey publish(VideoId video, String name, PublishedRow.Kind kind, byte[] bytes) {
        ObjectKey object = MediaLayout.set(video, 1).child("attempt").child(name);
        store.put(object, bytes);
        change(video, () -> {
            PublishedRow row = new PublishedRow();
            row.videoId = video.value();
            row.setNumber = 1;
            row.name = name;
            row.kind = kind;
            row.objectKey = object.value();
            row.sizeBytes = bytes.length;
            boolean picture = kind == PublishedRow.Kind.VIDEO;
            row.width = picture ? 426 : 0;
            row.height = picture ? 240 : 0;
            row.track = picture || kind == PublishedRow.Kind.AUDIO ? WireFormat.write(track(row)) : null;
            row.persist();
        });
        return object;
    }

    /** Changes rows in one transaction. */
    public void change(VideoId video, Runnable change) {
        transactions.write(() -> {
            change.run();
            return null;
        });
    }

    /** Always the same bytes for the same seed. */
    public static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static MediaFacts facts() {
        VideoTrack picture = new VideoTrack(
                0,
                "h264",
                "High",
                "yuv420p",
                640,
                360,
                Rational.ONE,
                0,
                null,
                null,
                0,
                null,
                new ColorFacts(null, null, null, null),
                false,
                false,
                40,
                false,
                null);
        return new MediaFacts(
                "matroska,webm", 1_234_567, 0, 4.0, List.of(picture), List.of(), List.of(), false, true, List.of());
    }

    private static EncodedTrack track(PublishedRow row) {
        boolean picture = row.kind == PublishedRow.Kind.VIDEO;
        int timescale = picture ? 90_000 : 48_000;
        long half = (row.sizeBytes - 1000) / 2;
        List<Fragment> fragments = List.of(
                new Fragment(1000, half, 2L * timescale, 60), new Fragment(1000 + half, half, 2L * timescale, 60));
        return new EncodedTrack(
                row.name,
                row.object(),
                row.sizeBytes,
                "0".repeat(64),
                picture ? "avc1.640015" : "mp4a.40.2",
                row.width,
                row.height,
                timescale,
                800,
                "0".repeat(64),
                fragments,
                0L,
                null);
    }
}
