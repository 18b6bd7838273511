package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.NewUpload;
import org.millrace.api.ledger.UploadLedger;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.testing.OnPostgres;
import org.millrace.api.testing.TusClient;
import org.millrace.model.plan.PlanRequest;
import org.millrace.store.LocalMediaStore;
import org.millrace.store.MediaStore;

/** Uploads that another replica has a hand in: a store and a ledger of its own, on the same folder and database. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class OtherReplicaTest {

    private static final byte[] FILE = TusClient.bytes(300_000);

    @Inject
    Uploads uploads;

    @Inject
    UploadLedger ledger;

    @Inject
    UploadJanitor janitor;

    @Inject
    Room room;

    @Inject
    MediaStore store;

    @Inject
    Config config;

    @Test
    void a_sender_that_was_given_up_for_lost_tears_no_hole_into_what_the_other_replica_has_stored() throws IOException {
        UploadRow upload = announce();
        MediaStore other = new LocalMediaStore(
                Path.of(config.getValue("millrace.store.local.path", String.class)), Clock.systemUTC());
        InputStream lost = new SequenceInputStream(piece(0, 100_000), new InputStream() {
            @Override
            public int read() throws IOException {
                other.append(upload.source(), 100_000, piece(100_000, 200_000), 200_000);
                throw new IOException("the connection is gone");
            }
        });
        Checksum checksum = Checksum.parse(TusClient.checksum("sha1", "SHA-1", FILE));
        assertThatThrownBy(() -> uploads.receive(upload, 0, lost, OptionalLong.of(FILE.length), checksum))
                .isInstanceOf(ProblemException.class);
        assertThat(store.durableOffset(upload.source())).isEqualTo(200_000);
        uploads.receive(upload, 200_000, piece(200_000, FILE.length), OptionalLong.of(100_000), null);
        uploads.complete(upload);
        try (InputStream whole = store.read(upload.source(), 0, FILE.length)) {
            assertThat(whole.readAllBytes()).isEqualTo(FILE);
        }
    }

    @Test
    void room_that_was_promised_here_is_free_again_when_the_upload_ends_elsewhere() {
        UploadRow upload = announce();
        janitor.heal();
        assertThat(room.expects(upload.uploadId())).isTrue();
        ledger.remove(upload.uploadId());
        janitor.heal();
        assertThat(room.expects(upload.uploadId())).isFalse();
    }

    @Test
    void a_replica_that_starts_leaves_the_forms_of_the_others_alone() throws IOException {
        Path forms =
                Files.createDirectories(Path.of(config.getValue("quarkus.http.body.uploads-directory", String.class)));
        Path running = Files.createTempFile(forms, "resteasy-reactive", "upload");
        Path abandoned = Files.createTempFile(forms, "resteasy-reactive", "upload");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        janitor.sweepForms(new StartupEvent());
        assertThat(running).exists();
        assertThat(abandoned).doesNotExist();
    }

    private UploadRow announce() {
        return uploads.announce(
                new NewUpload("local", FILE.length, "", "clip.mp4", "Clip", PlanRequest.Wishes.DEFAULT));
    }

    private static InputStream piece(int from, int to) {
        return new ByteArrayInputStream(Arrays.copyOfRange(FILE, from, to));
    }
}
