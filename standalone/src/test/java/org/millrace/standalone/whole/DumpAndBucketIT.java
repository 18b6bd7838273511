package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.testing.PostgresServer;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.store.S3Server;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The way that docs/operations.md tells for PostgreSQL and S3: a dump, then the bucket, while workers go on. */
class DumpAndBucketIT {

    private static final Duration END = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void a_dump_and_a_copy_of_the_bucket_made_after_it_are_a_whole_library() throws Exception {
        try (S3Server s3 = S3Server.start();
                PostgresServer postgres = PostgresServer.own()) {
            s3.createBucket("media");
            s3.createBucket("copy");
            Path dump = folder.resolve("millrace.dump");
            String finished;
            String busy;
            try (Services services = new Services(folder, RabbitServer.shared().virtualHost("dumped"))) {
                Program api = services.start(onS3(services.replica(postgres.database("millrace")), s3, "media"))
                        .awaitHealth("ready");
                services.start(onS3(services.worker(), s3, "media")).awaitHealth("ready");
                Client client = api.client();
                finished = client.upload(Clips.h264(folder, "lake", 2));
                assertThat(client.awaitEnd(finished, END).get("state").asText()).isEqualTo("READY");
                String encoding = client.upload(Clips.numbered(folder, "busy", 10, 640, 360));
                busy = encoding;
                Awaitility.await("an encode")
                        .atMost(END)
                        .until(() -> client.get("/api/v1/videos/" + encoding + "/attempts")
                                .body()
                                .contains("\"chunk"));
                // Only an API deletes; what workers go on with is reported when one is there again.
                api.close();
                postgres.run("pg_dump", "--format=custom", "--file=" + dump, "millrace");
                copy(s3, "media", "copy");
            }

            String restored = postgres.database("restored");
            postgres.run("pg_restore", "--exit-on-error", "--dbname=restored", dump.toString());
            postgres.run("psql", "--dbname=restored", "--command=delete from upload where done = false");
            try (Services services = new Services(folder, RabbitServer.shared().virtualHost("undumped"))) {
                Client client = services.start(onS3(services.replica(restored), s3, "copy"))
                        .awaitHealth("ready")
                        .client();
                services.start(onS3(services.worker(), s3, "copy")).awaitHealth("ready");
                assertThat(client.awaitEnd(busy, END).get("state").asText()).isEqualTo("READY");
                for (String id : new String[] {finished, busy}) {
                    assertThat(client.playThrough(id)).isPositive();
                }
                assertThat(client.call("POST", "/api/v1/verify?deep=true")
                                .body()
                                .lines())
                        .hasSize(2)
                        .allSatisfy(line -> assertThat(line).contains("\"whole\":true"));
            }
        }
    }

    private static void copy(S3Server s3, String from, String to) {
        for (S3Object object :
                s3.client().listObjectsV2Paginator(list -> list.bucket(from)).contents()) {
            s3.client()
                    .copyObject(copy -> copy.sourceBucket(from)
                            .sourceKey(object.key())
                            .destinationBucket(to)
                            .destinationKey(object.key()));
        }
    }

    private static Program.Builder onS3(Program.Builder program, S3Server s3, String bucket) {
        s3.settings(bucket, s3.endpoint()).forEach(program::with);
        return program;
    }
}
