package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Strategy;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.Clips;
import org.millrace.worker.attempt.FileHash;

@QuarkusTest
class AuditTest {

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @TempDir
    Path folder;

    private List<EncodedTrack> tracks;
    private StoredFile download;

    @BeforeEach
    void finish_a_video() {
        Chain.Ending ending = chain.carry(Clips.movie("audit.mp4", 5, 25, "-c:a", "aac"));
        assertThat(ending.failure()).isNull();
        tracks = List.of(ending.assembled("180p"), ending.assembled("audio-1"));
        Result.File file = ending.download();
        download = new StoredFile(file.object(), file.sizeBytes(), file.sha256());
    }

    @Test
    void a_finished_set_has_no_faults() {
        assertThat(faults(tracks, List.of(download))).isEmpty();
    }

    @Test
    void one_changed_byte_is_named() throws IOException {
        EncodedTrack picture = tracks.getFirst();
        byte[] bytes = bytes(picture);
        bytes[bytes.length / 2] ^= 1;
        store.put(picture.object(), bytes);

        assertThat(faults(tracks, List.of(download))).containsExactly("180p is not what was written.");
    }

    @Test
    void a_file_that_is_shorter_or_gone_is_named() throws IOException {
        byte[] bytes = bytes(tracks.getLast());
        store.put(tracks.getLast().object(), Arrays.copyOf(bytes, bytes.length - 1));
        store.delete(download.object());

        assertThat(faults(tracks, List.of(download)))
                .hasSize(2)
                .contains("audio-1 is not what was written.")
                .anySatisfy(
                        fault -> assertThat(fault).startsWith(download.object().fileName() + ": "));
    }

    @Test
    void fragments_that_lie_elsewhere_than_the_ledger_knows_are_named() throws IOException {
        EncodedTrack known = tracks.getFirst();
        List<Fragment> fewer = known.fragments().subList(0, known.fragments().size() - 1);
        EncodedTrack shorter = written(known, bytes(known), fewer);

        assertThat(faults(List.of(shorter), List.of()))
                .containsExactly("180p does not hold the fragments that the ledger knows.");
    }

    @Test
    void pictures_that_do_not_decode_are_found_though_the_bytes_are_those_written() throws IOException {
        EncodedTrack known = tracks.getFirst();
        Fragment second = known.fragments().get(1);
        byte[] bytes = bytes(known);
        int end = (int) (second.offset() + second.size());
        Arrays.fill(bytes, end - (int) second.size() / 2, end, (byte) 0);
        EncodedTrack spoilt = written(known, bytes, known.fragments());

        assertThat(faults(List.of(spoilt), List.of()))
                .singleElement()
                .satisfies(
                        fault -> assertThat(fault)
                                .matches(
                                        "180p: What was made does not decode cleanly: exit code \\d+, \\d+ complaints, the last: .{1,200}"));
    }

    private List<String> faults(List<EncodedTrack> audited, List<StoredFile> files) {
        Task task = new Task.Audit(audited, files);
        return ((Result.Audited) Chain.result(chain.attempt(VideoId.random(), task, Strategy.PLAIN))).faults();
    }

    private byte[] bytes(EncodedTrack track) throws IOException {
        try (InputStream in = store.read(track.object())) {
            return in.readAllBytes();
        }
    }

    /** The track as a ledger would know it if these were the bytes that were written. */
    private EncodedTrack written(EncodedTrack track, byte[] bytes, List<Fragment> fragments) throws IOException {
        store.put(track.object(), bytes);
        Path copy = Files.write(folder.resolve("copy"), bytes);
        return new EncodedTrack(
                track.name(),
                track.object(),
                bytes.length,
                FileHash.sha256(copy),
                track.codecs(),
                track.width(),
                track.height(),
                track.timescale(),
                track.initBytes(),
                track.initSha256(),
                fragments,
                track.startTicks(),
                track.init());
    }
}
