package org.millrace.api.playback;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.TaskRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.store.ObjectInfo;

/** Asks the ledger and the store what there is to play. Every method blocks. */
@ApplicationScoped
class CatalogueReader {

    private final Transactions transactions;
    private final MediaStore store;

    CatalogueReader(Transactions transactions, MediaStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /** What can be fetched of a video; null if there is no such video. */
    @ActivateRequestContext
    Offering offeringOrNull(VideoId video) {
        return transactions.read(() -> {
            VideoRow row = VideoRow.findById(video.value());
            return row == null ? null : new Offering(row.owner, row.title, row.publishedSet, items(video));
        });
    }

    /** The text of a playlist; null if there is none. */
    @ActivateRequestContext
    Content playlistOrNull(MediaPath path) {
        List<PublishedRow> rows =
                transactions.read(() -> PublishedRow.ofSet(path.video().value(), path.set()));
        String text = path.name().equals(MediaPath.MASTER)
                ? master(path, rows)
                : rows.stream()
                        .filter(row -> row.track != null && row.name.equals(path.name()))
                        .map(row -> MediaPlaylist.of(row.encodedTrack(), row.name + ".mp4"))
                        .findFirst()
                        .orElse(null);
        if (text == null) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String type = "application/vnd.apple.mpegurl";
        return new Content(type, bytes.length, etag(bytes), null, new Content.Body.Text(Buffer.buffer(bytes)));
    }

    /** An object that lies in the store; null if it does not. */
    Content storedOrNull(Offering.Item item) {
        String type =
                switch (item.kind()) {
                    case VIDEO, DOWNLOAD -> "video/mp4";
                    case AUDIO -> "audio/mp4";
                    case POSTER -> "image/jpeg";
                };
        Optional<ObjectInfo> found = store.stat(item.object());
        if (found.isEmpty()) {
            return null;
        }
        ObjectInfo info = found.get();
        Optional<Path> file = store.localPath(item.object());
        Content.Body body =
                file.isPresent() ? new Content.Body.LocalFile(file.get()) : new Content.Body.Remote(item.object());
        return new Content(type, info.size(), '"' + info.etag() + '"', info.modified(), body);
    }

    private static List<Offering.Item> items(VideoId video) {
        // Without the tracks' fragments, of which a long video has megabytes.
        return PublishedRow.getEntityManager()
                .createQuery(
                        "select p.setNumber, p.name, p.kind, p.objectKey from PublishedRow p where p.videoId = ?1",
                        Object[].class)
                .setParameter(1, video.value())
                .getResultStream()
                .map(row -> new Offering.Item(
                        (Integer) row[0], (String) row[1], (PublishedRow.Kind) row[2], new ObjectKey((String) row[3])))
                .toList();
    }

    private String master(MediaPath path, List<PublishedRow> rows) {
        List<EncodedTrack> pictures = tracks(rows, PublishedRow.Kind.VIDEO);
        List<AudioChoice> sounds = tracks(rows, PublishedRow.Kind.AUDIO).stream()
                .map(track -> choice(path, track))
                .toList();
        return MasterPlaylist.of(pictures, sounds);
    }

    private static List<EncodedTrack> tracks(List<PublishedRow> rows, PublishedRow.Kind kind) {
        return rows.stream()
                .filter(row -> row.kind == kind)
                .map(PublishedRow::encodedTrack)
                .toList();
    }

    private AudioChoice choice(MediaPath path, EncodedTrack track) {
        TaskRow made = transactions.read(() -> TaskRow.find(
                        "videoId = ?1 and setNumber = ?2 and name = ?3",
                        path.video().value(),
                        path.set(),
                        track.name())
                .firstResult());
        return made != null && made.task() instanceof Task.EncodeAudio encode
                ? new AudioChoice(
                        track, encode.audio().language(), encode.audio().title())
                : new AudioChoice(track, null, null);
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
