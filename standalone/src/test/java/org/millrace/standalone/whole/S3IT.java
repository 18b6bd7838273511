package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.store.S3Server;

/** The services with their media on a real S3 server: nothing of a video is on a disk that both see. */
class S3IT {

    private static final Duration END = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void a_video_goes_its_whole_way_through_s3_and_leaves_nothing_when_it_is_deleted() throws Exception {
        String virtualHost = RabbitServer.shared().virtualHost("s3");
        try (S3Server s3 = S3Server.start();
                Services services = new Services(folder, virtualHost)) {
            s3.createBucket("millrace");
            Client api = services.start(onS3(services.api(), s3))
                    .awaitHealth("ready")
                    .client();
            services.start(onS3(services.worker(), s3)).awaitHealth("ready");
            String id = api.upload(Clips.h264(folder, "clip", 4));
            JsonNode video = api.awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
            assertThat(api.playThrough(id)).isGreaterThan(2);
            assertThat(api.get(video.get("media").get("mp4").asText()).statusCode())
                    .isEqualTo(200);
            assertThat(folder.resolve("home").resolve("media").resolve("v")).doesNotExist();

            assertThat(api.call("DELETE", "/api/v1/videos/" + id).statusCode()).isEqualTo(204);
            Awaitility.await("the objects are gone")
                    .atMost(END)
                    .until(() -> s3.client()
                            .listObjectsV2(list -> list.bucket("millrace").prefix("v/" + id))
                            .contents()
                            .isEmpty());
        }
        assertThat(Files.exists(folder)).isTrue();
    }

    private static Program.Builder onS3(Program.Builder program, S3Server s3) {
        s3.settings("millrace", s3.endpoint()).forEach(program::with);
        return program;
    }
}
