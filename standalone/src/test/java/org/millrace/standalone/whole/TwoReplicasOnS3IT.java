package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.testing.PostgresServer;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.standalone.testbed.TusUpload;
import org.millrace.store.S3Server;

/** Two replicas of the API and a worker that share a database, a broker and a bucket, and no folder. */
class TwoReplicasOnS3IT {

    private static final Duration END = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void an_upload_that_breaks_off_goes_on_at_the_other_replica_and_is_played_by_both() throws Exception {
        try (S3Server s3 = S3Server.start();
                Services services = new Services(folder, RabbitServer.shared().virtualHost("two-replicas-s3"))) {
            s3.createBucket("media");
            String database = PostgresServer.shared().database("two_replicas_s3");
            Program first = services.start(onS3(services.replica(database), s3));
            Program second = services.start(onS3(services.replica(database), s3));
            Program worker = services.start(onS3(services.worker(), s3));
            Stream.of(first, second, worker).forEach(program -> program.awaitHealth("ready"));
            byte[] clip = Files.readAllBytes(Clips.numbered(folder, "numbered", 8, 640, 360));
            int half = clip.length / 2;

            TusUpload upload = TusUpload.announce(first.address(), clip);
            Socket line = upload.sendAndHold(first.address(), 0, half);
            line.close();
            Awaitility.await("what has arrived is in the bucket")
                    .atMost(END)
                    .until(() -> upload.offset(second.address()) == half);
            String id = upload.finish(second.address(), half);

            JsonNode video = first.client().awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
            assertThat(first.client().playThrough(id)).isGreaterThan(3);
            assertThat(second.client().playThrough(id)).isGreaterThan(3);
            assertThat(worker.client().metric("millrace_worker_part_doubts_total"))
                    .isZero();
            assertThat(Files.exists(folder.resolve("home").resolve("media"))).isFalse();
            assertThat(s3.client()
                            .listMultipartUploads(list -> list.bucket("media"))
                            .uploads())
                    .isEmpty();
        }
    }

    private static Program.Builder onS3(Program.Builder program, S3Server s3) {
        s3.settings("media", s3.endpoint()).forEach(program::with);
        return program;
    }
}
