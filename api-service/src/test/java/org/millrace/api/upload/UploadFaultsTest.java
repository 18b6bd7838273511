package org.millrace.api.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.millrace.api.testing.TusClient.BYTES;
import static org.millrace.api.testing.TusClient.announce;
import static org.millrace.api.testing.TusClient.bytes;
import static org.millrace.api.testing.TusClient.checksum;
import static org.millrace.api.testing.TusClient.offset;
import static org.millrace.api.testing.TusClient.patch;
import static org.millrace.api.testing.TusClient.tus;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.testing.RawHttp;
import org.millrace.api.testing.Stored;
import org.millrace.store.LocalMediaStore;
import org.millrace.store.MediaStore;

@QuarkusTest
class UploadFaultsTest {

    @TestHTTPResource("/")
    URI server;

    @Inject
    Stored stored;

    @Inject
    MediaStore store;

    @Inject
    UploadJanitor janitor;

    @Inject
    Config config;

    @Test
    void what_came_before_a_broken_connection_is_kept_and_the_rest_can_follow() throws IOException {
        byte[] file = bytes(500_000);
        String upload = announce(file.length, "broken.mp4");
        try (RawHttp http = new RawHttp(server)) {
            begin(http, upload, 0, file.length).bytes(Arrays.copyOf(file, 200_000));
            await().until(() -> offset(upload) == 200_000);
        }

        String video = resume(upload, file);

        assertThat(stored.source(video)).isEqualTo(file);
    }

    @Test
    void what_came_before_a_broken_connection_is_dropped_if_its_checksum_is_unknown() throws IOException {
        byte[] file = bytes(100_000);
        String upload = announce(file.length, "unsure.mp4");
        try (RawHttp http = new RawHttp(server)) {
            begin(http, upload, 0, file.length, "Upload-Checksum: " + checksum("sha1", "SHA-1", file))
                    .bytes(Arrays.copyOf(file, 50_000));
            await().until(() -> offset(upload) == 50_000);
        }

        await().until(() -> offset(upload) == 0);
    }

    @Test
    void another_process_goes_on_where_the_last_one_died() {
        byte[] file = bytes(300_000);
        String upload = announce(file.length, "restart.mp4");
        UploadRow row = stored.upload(upload);
        MediaStore other =
                new LocalMediaStore(config.getValue("millrace.store.local.path", Path.class), Clock.systemUTC());
        other.append(row.source(), 0, new ByteArrayInputStream(file), 123_456);

        String video = resume(upload, file);

        assertThat(stored.source(video)).isEqualTo(file);
    }

    @Test
    void an_upload_whose_process_died_before_the_ledger_knew_becomes_a_video() {
        for (boolean finished : new boolean[] {false, true}) {
            byte[] file = bytes(1000);
            String upload = announce(file.length, "healed.mp4");
            UploadRow row = stored.upload(upload);
            store.append(row.source(), 0, new ByteArrayInputStream(file), file.length);
            if (finished) {
                store.finishAppend(row.source());
            }
            forget(row);

            janitor.heal();
            janitor.heal();

            assertThat(stored.video(row.videoId)).isNotNull();
            assertThat(stored.upload(upload).done).isTrue();
            assertThat(stored.source(row.videoId)).isEqualTo(file);
        }
    }

    @Test
    void the_sender_itself_heals_it_by_asking_how_far_the_upload_is() {
        byte[] file = bytes(1000);
        String upload = announce(file.length, "asked.mp4");
        UploadRow row = stored.upload(upload);
        store.append(row.source(), 0, new ByteArrayInputStream(file), file.length);

        tus().head(upload)
                .then()
                .statusCode(200)
                .header("Upload-Offset", "1000")
                .header("Millrace-Video-Id", row.videoId);

        given().get("/api/v1/videos/" + row.videoId).then().statusCode(200);
    }

    @Test
    void an_upload_that_waits_too_long_is_given_up_with_all_of_its_bytes() {
        String upload = announce(1000, "late.mp4");
        patch(upload, 0, new byte[500]).then().statusCode(204);
        UploadRow row = stored.upload(upload);
        stored.change(upload, it -> it.expiresAt = Instant.now().minusSeconds(1));

        tus().head(upload).then().statusCode(410);
        patch(upload, 500, new byte[500]).then().statusCode(410).body("code", equalTo("upload-expired"));

        janitor.expire();

        tus().head(upload).then().statusCode(404);
        assertThat(stored.hasBytes(row)).isFalse();
    }

    @Test
    void every_piece_lets_an_upload_live_longer() {
        String upload = announce(1000, "alive.mp4");
        stored.change(upload, it -> it.expiresAt = Instant.now().plusSeconds(60));

        patch(upload, 0, new byte[500]).then().statusCode(204);

        assertThat(stored.upload(upload).expiresAt).isAfter(Instant.now().plus(Duration.ofDays(6)));
        janitor.expire();
        assertThat(offset(upload)).isEqualTo(500);
    }

    @Test
    void of_two_senders_at_once_one_is_told_to_wait() throws IOException {
        byte[] file = bytes(100_000);
        String upload = announce(file.length, "two.mp4");
        try (RawHttp http = new RawHttp(server)) {
            begin(http, upload, 0, file.length).bytes(Arrays.copyOf(file, 50_000));
            await().until(() -> offset(upload) == 50_000);

            patch(upload, 50_000, Arrays.copyOfRange(file, 50_000, 100_000))
                    .then()
                    .statusCode(423)
                    .header("Retry-After", "1")
                    .body("code", equalTo("upload-busy"));

            RawHttp.Answer answer =
                    http.bytes(Arrays.copyOfRange(file, 50_000, 100_000)).answer();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(stored.source(answer.headers().get("millrace-video-id"))).isEqualTo(file);
        }
    }

    @Test
    void a_sender_that_has_fallen_silent_makes_way_for_the_next_one() throws IOException {
        byte[] file = bytes(100_000);
        String upload = announce(file.length, "silent.mp4");
        try (RawHttp http = new RawHttp(server)) {
            begin(http, upload, 0, file.length).bytes(Arrays.copyOf(file, 50_000));
            await().until(() -> offset(upload) == 50_000);

            String video = await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> patch(upload, 50_000, Arrays.copyOfRange(file, 50_000, 100_000))
                                    .header("Millrace-Video-Id"),
                            id -> id != null);

            assertThat(stored.source(video)).isEqualTo(file);
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void more_bytes_than_announced_in_a_body_of_unknown_length_are_refused_as_a_whole() throws IOException {
        String upload = announce(1000, "chunked.mp4");
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(
                            "PATCH " + upload + " HTTP/1.1",
                            "Host: localhost",
                            "Tus-Resumable: 1.0.0",
                            "Upload-Offset: 0",
                            "Content-Type: " + BYTES,
                            "Transfer-Encoding: chunked")
                    .bytes(chunks(600, 401))
                    .answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("more-than-announced");
        }
        assertThat(offset(upload)).isZero();
    }

    @Test
    void a_body_of_unknown_length_is_fine_if_it_fits() throws IOException {
        String upload = announce(1000, "chunked.mp4");
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(
                            "PATCH " + upload + " HTTP/1.1",
                            "Host: localhost",
                            "Tus-Resumable: 1.0.0",
                            "Upload-Offset: 0",
                            "Content-Type: " + BYTES,
                            "Transfer-Encoding: chunked")
                    .bytes(chunks(600, 400))
                    .answer();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers()).containsKey("millrace-video-id");
        }
    }

    @Test
    void two_hundred_slow_senders_do_not_keep_others_waiting() throws IOException {
        List<RawHttp> slow = new ArrayList<>();
        List<String> uploads = new ArrayList<>();
        byte[] file = bytes(20_000);
        try {
            for (int i = 0; i < 200; i++) {
                uploads.add(announce(file.length, "slow.mp4"));
                slow.add(begin(new RawHttp(server), uploads.get(i), 0, file.length)
                        .bytes(Arrays.copyOf(file, 10_000)));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> uploads.stream().allMatch(upload -> offset(upload) == 10_000));

            Instant asked = Instant.now();
            given().get("/api/v1/videos").then().statusCode(200);
            String quick = announce(file.length, "quick.mp4");
            patch(quick, 0, file).then().statusCode(204);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));

            for (RawHttp http : slow) {
                http.bytes(Arrays.copyOfRange(file, 10_000, 20_000));
            }
            for (RawHttp http : slow) {
                assertThat(http.answer().status()).isEqualTo(204);
            }
        } finally {
            for (RawHttp http : slow) {
                http.close();
            }
        }
    }

    /** The dead process's promise of room is gone with it. */
    private void forget(UploadRow row) {
        room.release(row.uploadId());
    }

    @Inject
    Room room;

    private String resume(String upload, byte[] file) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            int from = Math.toIntExact(offset(upload));
                            return patch(upload, from, Arrays.copyOfRange(file, from, file.length))
                                    .header("Millrace-Video-Id");
                        },
                        id -> id != null);
    }

    private RawHttp begin(RawHttp http, String upload, long offset, long length, String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "PATCH " + upload + " HTTP/1.1",
                "Host: localhost",
                "Tus-Resumable: 1.0.0",
                "Upload-Offset: " + offset,
                "Content-Length: " + length,
                "Content-Type: " + BYTES));
        lines.addAll(List.of(more));
        return http.head(lines.toArray(String[]::new));
    }

    private static byte[] chunks(int... lengths) {
        StringBuilder body = new StringBuilder();
        for (int length : lengths) {
            body.append(Integer.toHexString(length))
                    .append("\r\n")
                    .append("x".repeat(length))
                    .append("\r\n");
        }
        return body.append("0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
