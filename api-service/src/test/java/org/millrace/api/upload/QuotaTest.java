package org.millrace.api.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.millrace.api.testing.TusClient.UPLOADS;
import static org.millrace.api.testing.TusClient.announce;
import static org.millrace.api.testing.TusClient.tus;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.millrace.api.account.Quota;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.testing.RawHttp;
import org.millrace.api.testing.Stored;
import org.millrace.api.testing.TemporaryHome;
import org.millrace.api.testing.TusClient;
import org.millrace.model.key.MediaLayout;

/** A server that may hold a million bytes and three videos. */
@QuarkusTest
@TestProfile(QuotaTest.Small.class)
class QuotaTest {

    private static final int ALLOWED = 1_000_000;

    @TestHTTPResource("/")
    URI server;

    @Inject
    Quota quota;

    @Inject
    Uploads uploads;

    @Inject
    VideoLedger videos;

    @Inject
    Stored stored;

    @Inject
    Transactions transactions;

    /** With a folder of its own, so that nothing of other tests counts. */
    public static class Small implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("millrace.quota.bytes", "" + ALLOWED, "millrace.quota.videos", "3");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TemporaryHome.class));
        }
    }

    @AfterEach
    void empty() {
        List<VideoRow> all = transactions.read(() -> VideoRow.<VideoRow>listAll());
        all.forEach(video -> videos.delete(video.videoId()));
        List<UploadRow> open = transactions.read(() -> UploadRow.<UploadRow>listAll());
        open.forEach(upload -> uploads.abandon(upload.uploadId()));
        assertThat(used()).isZero();
    }

    @Test
    void an_upload_that_does_not_fit_is_refused_before_its_first_byte_and_told_how_much_is_left() throws IOException {
        announce(400_000, "first.mp4");

        tus().header("Upload-Length", 600_001)
                .post(UPLOADS)
                .then()
                .statusCode(413)
                .body("code", equalTo("quota-exceeded"))
                .body("detail", allOf(containsString("1 MB"), containsString("600 kB are left")));
        // Only the head is sent: an answer comes all the same.
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(
                            "POST /api/v1/videos HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: multipart/form-data; boundary=edge",
                            "Content-Length: 700000")
                    .answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("quota-exceeded", "600 kB are left");
        }
        announce(600_000, "fits.mp4");
        assertThat(used()).isEqualTo(ALLOWED);
    }

    @Test
    void pages_and_metrics_say_how_much_is_left() {
        announce(400_000, "first.mp4");

        for (String page : List.of("/upload", "/jobs")) {
            given().accept("text/html").get(page).then().statusCode(200).body(containsString("600 kB are left"));
        }
        given().get("/q/metrics").then().body(containsString("millrace_quota_bytes 1000000.0"));
    }

    @Test
    void a_person_without_scripts_reads_it_on_a_page() {
        announce(990_000, "first.mp4");

        given().accept("text/html")
                .multiPart("file", "a.mp4", new byte[100_000], "video/mp4")
                .post("/upload")
                .then()
                .statusCode(413)
                .body(containsString("10 kB are left"));
    }

    @Test
    void of_uploads_that_come_at_once_no_more_are_let_in_than_fit() throws Exception {
        List<Callable<Integer>> senders = IntStream.range(0, 12)
                .mapToObj(sender -> (Callable<Integer>) () ->
                        tus().header("Upload-Length", 450_000).post(UPLOADS).statusCode())
                .toList();
        try (ExecutorService all = Executors.newFixedThreadPool(senders.size())) {
            int[] statuses = all.invokeAll(senders).stream()
                    .mapToInt(QuotaTest::status)
                    .sorted()
                    .toArray();
            assertThat(statuses).startsWith(201, 201, 413).endsWith(413);
        }
        assertThat(used()).isEqualTo(900_000);
    }

    @Test
    void what_an_upload_has_declared_counts_until_it_is_given_up() {
        String upload = announce(900_000, "slow.mp4");
        assertThat(used()).isEqualTo(900_000);

        tus().delete(upload).then().statusCode(204);

        assertThat(used()).isZero();
    }

    @Test
    void a_video_counts_once_whether_it_is_on_its_way_or_here() {
        byte[] bytes = TusClient.bytes(300_000);
        String upload = announce(bytes.length, "whole.mp4");
        TusClient.patch(upload, 0, bytes).then().statusCode(204);

        assertThat(used()).isEqualTo(bytes.length);
    }

    @Test
    void a_form_of_unknown_length_is_stopped_when_the_quota_is_used_up() throws IOException {
        announce(900_000, "first.mp4");
        String head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n";
        try (RawHttp http = new RawHttp(server)) {
            http.head(
                    "POST /api/v1/videos HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: multipart/form-data; boundary=edge",
                    "Transfer-Encoding: chunked");
            http.bytes(chunk(head));
            for (int i = 0; i < 4; i++) {
                http.bytes(chunk("x".repeat(65_536)));
            }
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("quota-exceeded", "100 kB are left");
        }
    }

    @Test
    void no_more_videos_are_taken_than_are_allowed() {
        IntStream.range(0, 3).forEach(i -> announce(10, "video-" + i + ".mp4"));

        tus().header("Upload-Length", 10)
                .post(UPLOADS)
                .then()
                .statusCode(413)
                .body("code", equalTo("quota-exceeded"))
                .body("detail", containsString("up to 3 videos"));
    }

    @Test
    void another_set_of_renditions_that_does_not_fit_beside_the_first_is_not_begun() {
        byte[] bytes = TusClient.bytes(300_000);
        String upload = announce(bytes.length, "again.mp4");
        String video = TusClient.patch(upload, 0, bytes).header("Millrace-Video-Id");
        finish(video, 400_000);

        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/videos/" + video + "/encode-again")
                .then()
                .statusCode(413)
                .body("code", equalTo("quota-exceeded"))
                .body("detail", allOf(containsString("300 kB are left"), containsString("about 400 kB")));
        assertThat(stored.video(video).state).isEqualTo(VideoState.READY);
        assertThat(used()).isEqualTo(700_000);
    }

    /** As if a worker had made one rendition of so many bytes. */
    private void finish(String id, long bytes) {
        transactions.write(() -> {
            VideoRow video = VideoRow.findById(id);
            video.state = VideoState.READY;
            video.publishedSet = 1;
            PublishedRow made = new PublishedRow();
            made.videoId = id;
            made.setNumber = 1;
            made.name = "360p";
            made.kind = PublishedRow.Kind.VIDEO;
            made.objectKey = MediaLayout.video(video.videoId()).value() + "/360p.mp4";
            made.sizeBytes = bytes;
            made.persist();
            return null;
        });
    }

    private long used() {
        return quota.standing(0).orElseThrow().used();
    }

    private static byte[] chunk(String text) {
        return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int status(Future<Integer> sender) {
        try {
            return sender.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
