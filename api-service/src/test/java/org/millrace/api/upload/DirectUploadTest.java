package org.millrace.api.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.millrace.api.testing.TusClient.bytes;
import static org.millrace.api.testing.TusClient.tus;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.UploadLedger;
import org.millrace.api.testing.OnS3;
import org.millrace.model.id.UploadId;
import org.millrace.store.DirectUploads;
import org.millrace.store.MediaStore;

/** Files that their senders bring to the bucket by themselves. */
@QuarkusTest
@TestProfile(OnS3.class)
class DirectUploadTest {

    private static final String UPLOADS = DirectResource.PATH;
    private static final int PART = 16 << 20;
    private static final byte[] FILE = bytes(PART + 1000);

    @Inject
    MediaStore store;

    @Inject
    UploadLedger ledger;

    @Inject
    UploadJanitor janitor;

    @Inject
    Room room;

    @Test
    void a_file_sent_in_parts_becomes_a_video_when_it_is_completed_and_only_then() throws Exception {
        String upload = announce(FILE.length);
        given().get(upload)
                .then()
                .statusCode(200)
                .body("length", equalTo(FILE.length))
                .body("partBytes", equalTo(PART))
                .body("parts", equalTo(2))
                .body("sent", hasSize(0))
                .body("video", nullValue());

        assertThat(send(upload, 2).statusCode()).isEqualTo(200);
        problem(given().post(upload + "/complete"), 409, "parts-missing")
                .body("detail", equalTo("1 of 2 parts have arrived."));
        assertThat(send(upload, 1).statusCode()).isEqualTo(200);
        given().get(upload).then().body("sent.number", equalTo(List.of(1, 2)));
        String video = given().post(upload + "/complete")
                .then()
                .statusCode(200)
                .body("sent", hasSize(2))
                .extract()
                .path("video");

        given().post(upload + "/complete").then().statusCode(200).body("video", equalTo(video));
        given().get("/api/v1/videos/" + video)
                .then()
                .statusCode(200)
                .body("title", equalTo("Straight there"))
                .body("state", equalTo("PROCESSING"));
        UploadId id = idOf(upload);
        assertThat(store.read(ledger.find(id).orElseThrow().source()).readAllBytes())
                .isEqualTo(FILE);
        assertThat(uploadsInBucket()).isZero();
    }

    @Test
    void an_upload_that_is_given_up_leaves_nothing_in_the_bucket() throws Exception {
        String upload = announce(FILE.length);
        send(upload, 1);

        given().delete(upload).then().statusCode(204);

        problem(given().get(upload), 404, "upload-not-found");
        problem(given().post(upload + "/complete"), 404, "upload-not-found");
        assertThat(uploadsInBucket()).isZero();
    }

    @Test
    void an_upload_for_whose_parts_nobody_asks_any_more_expires() throws Exception {
        String upload = announce(FILE.length);
        send(upload, 1);
        ledger.keepAlive(idOf(upload), Duration.ofSeconds(-1));
        problem(given().get(upload), 410, "upload-expired");

        janitor.expire();

        problem(given().get(upload), 404, "upload-not-found");
        assertThat(uploadsInBucket()).isZero();
    }

    @Test
    void a_process_that_died_between_the_store_and_the_ledger_is_finished_for() throws Exception {
        String upload = completedInStoreOnly();
        // What a new process does not know.
        room.release(idOf(upload));

        janitor.heal();

        given().get(upload).then().statusCode(200).body("video", equalTo(videoOf(upload)));
        given().get("/api/v1/videos/" + videoOf(upload)).then().statusCode(200);
    }

    @Test
    void a_sender_that_heard_no_answer_to_completing_asks_and_completes_again() throws Exception {
        String upload = completedInStoreOnly();

        given().get(upload).then().statusCode(200).body("sent", hasSize(1)).body("video", nullValue());
        given().post(upload + "/complete").then().statusCode(200).body("video", equalTo(videoOf(upload)));
    }

    private String completedInStoreOnly() throws Exception {
        String upload = announce(1000);
        send(upload, 1);
        List<DirectUploads.Sent> parts = List.of(new DirectUploads.Sent(1, 1000));
        store.direct()
                .orElseThrow()
                .complete(ledger.find(idOf(upload)).orElseThrow().source(), parts);
        return upload;
    }

    @Test
    void tus_and_direct_uploads_do_not_mix() {
        String upload = announce(FILE.length);
        String id = upload.substring(UPLOADS.length());
        tus().head("/api/v1/uploads" + id).then().statusCode(404);

        String other =
                tus().header("Upload-Length", 1000).post("/api/v1/uploads").header("Location");
        String sameId = UPLOADS + other.substring("/api/v1/uploads".length());
        problem(given().get(sameId), 404, "upload-not-found");
        problem(addresses(sameId, 1), 404, "upload-not-found");
        problem(given().post(sameId + "/complete"), 404, "upload-not-found");
    }

    @Test
    void what_is_not_a_wish_is_refused_in_words() {
        problem(create("[]"), 400, "invalid-json");
        problem(create("{\"fileName\":\"a.mp4\"}"), 400, "upload-length-invalid");
        problem(create("{\"length\":-1}"), 400, "upload-length-invalid");
        problem(create("{\"length\":0}"), 400, "empty-file");
        problem(create("{\"length\":200000000000}"), 413, "upload-too-large");
        problem(create("{\"length\":1,\"path\":\"../../etc\"}"), 400, "invalid-value");
        problem(create("{\"length\":1,\"preset\":\"huge\"}"), 400, "invalid-value");
        String upload = announce(FILE.length);
        problem(addresses(upload, 0), 400, "invalid-value");
        problem(addresses(upload, 3), 400, "invalid-value");
        problem(addresses(upload, IntStream.range(0, 101).toArray()), 400, "invalid-value");
        problem(given().get(UPLOADS + "/aaaaaaaaaaaaaaaaaaaaaaaaaa"), 404, "upload-not-found");
    }

    @Test
    void pages_of_other_sites_get_no_addresses() {
        String upload = announce(FILE.length);

        problem(
                given().header("Origin", "https://evil.example")
                        .contentType(ContentType.JSON)
                        .body("{\"parts\":[1]}")
                        .post(upload + "/addresses"),
                403,
                "foreign-origin");
    }

    @Test
    void our_pages_may_send_to_the_bucket_and_the_bucket_lets_them() throws Exception {
        String bucket = OnS3.server().endpoint().toString();
        given().get("/upload").then().header("Content-Security-Policy", containsString("connect-src 'self' " + bucket));
        String address = addresses(announce(1000), 1).then().extract().path("[0].url");
        HttpRequest preflight = HttpRequest.newBuilder(URI.create(address))
                .header("Origin", "http://localhost:8080")
                .header("Access-Control-Request-Method", "PUT")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build();

        HttpResponse<Void> answer = exchange(preflight);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:8080");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("PUT");
    }

    @Test
    void parts_are_as_many_as_a_store_takes_and_cover_the_file() {
        for (long length : new long[] {1, PART, PART + 1L, 100L << 30, 5L << 40}) {
            List<DirectUploads.Sent> parts = DirectIntake.parts(length);
            assertThat(parts).hasSizeLessThanOrEqualTo(DirectUploads.MOST_PARTS);
            assertThat(parts.stream().mapToLong(DirectUploads.Sent::size).sum()).isEqualTo(length);
            assertThat(parts.getLast().size()).isPositive();
            assertThat(parts.subList(0, parts.size() - 1)).allMatch(part -> part.size() >= DirectUploads.LEAST_PART);
        }
    }

    private static String announce(long length) {
        Response created = create("{\"fileName\":\"clip.mp4\",\"title\":\"Straight there\",\"length\":" + length + "}");
        created.then().statusCode(201);
        return created.header("Location");
    }

    private static Response create(String body) {
        return given().contentType(ContentType.JSON).body(body).post(UPLOADS);
    }

    private static Response addresses(String upload, int... parts) {
        return given().contentType(ContentType.JSON)
                .body("{\"parts\":" + Arrays.toString(parts) + "}")
                .post(upload + "/addresses");
    }

    private static HttpResponse<Void> send(String upload, int part) throws Exception {
        Response answer = addresses(upload, part);
        answer.then().statusCode(200);
        int from = (part - 1) * PART;
        byte[] bytes = Arrays.copyOfRange(FILE, from, from + (int) answer.path("[0].length"));
        return exchange(HttpRequest.newBuilder(URI.create(answer.path("[0].url")))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build());
    }

    private static HttpResponse<Void> exchange(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding());
        }
    }

    private static UploadId idOf(String upload) {
        return new UploadId(upload.substring(UPLOADS.length() + 1));
    }

    private String videoOf(String upload) {
        return ledger.find(idOf(upload)).orElseThrow().videoId;
    }

    private long uploadsInBucket() {
        return OnS3.server().client().listMultipartUploads(list -> list.bucket(OnS3.BUCKET)).uploads().stream()
                .filter(upload -> ledger.running().stream()
                        .noneMatch(row -> row.source().value().equals(upload.key())))
                .count();
    }

    private static ValidatableResponse problem(Response answer, int status, String code) {
        return answer.then().statusCode(status).body("code", equalTo(code));
    }
}
