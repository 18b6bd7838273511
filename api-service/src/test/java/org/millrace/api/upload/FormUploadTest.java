package org.millrace.api.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.millrace.api.testing.TusClient.bytes;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.testing.RawHttp;
import org.millrace.api.testing.Stored;

@QuarkusTest
class FormUploadTest {

    private static final String VIDEOS = "/api/v1/videos";

    @TestHTTPResource("/")
    URI server;

    @Inject
    Stored stored;

    @Inject
    Config config;

    @AfterEach
    void no_form_leaves_a_file_behind() {
        await().untilAsserted(() -> assertThat(forms()).isEmpty());
    }

    @Test
    void a_script_uploads_a_file_in_one_request() {
        byte[] file = bytes(700_000);

        Response response = given().multiPart("title", "Given title")
                .multiPart("file", "clip.mp4", file, "video/mp4")
                .post(VIDEOS);

        String id = response.then()
                .statusCode(201)
                .contentType(ContentType.JSON)
                .header("Location", matchesPattern(VIDEOS + "/[a-z2-7]{26}"))
                .body("size()", equalTo(1))
                .extract()
                .path("id");
        assertThat(response.header("Location")).isEqualTo(VIDEOS + "/" + id);
        assertThat(stored.source(id)).isEqualTo(file);
        given().get(response.header("Location"))
                .then()
                .statusCode(200)
                .body("title", equalTo("Given title"))
                .body("state", equalTo("PROCESSING"));
    }

    @Test
    void without_a_title_the_name_of_the_file_has_to_do() {
        String id = given().multiPart("file", "holiday_in_rome.mov", bytes(10), "video/quicktime")
                .post(VIDEOS)
                .path("id");

        assertThat(stored.video(id).title).isEqualTo("holiday in rome");
        assertThat(stored.video(id).fileName).isEqualTo("holiday_in_rome.mov");
    }

    @Test
    void a_plain_form_leads_to_the_page_of_the_video() {
        given().redirects()
                .follow(false)
                .accept("text/html")
                .multiPart("file", "plain.mp4", bytes(10), "video/mp4")
                .post("/upload")
                .then()
                .statusCode(303)
                .header("Location", matchesPattern("/watch/[a-z2-7]{26}"));
    }

    @Test
    void an_empty_file_or_none_is_refused_in_words() {
        problem(given().multiPart("file", "empty.mp4", new byte[0], "video/mp4").post(VIDEOS), 400, "empty-file");
        problem(given().multiPart("file", "", new byte[0], "video/mp4").post(VIDEOS), 400, "file-missing");
        problem(given().multiPart("title", "No file").post(VIDEOS), 400, "file-missing");
        problem(given().multiPart("other", "x.mp4", bytes(10), "video/mp4").post(VIDEOS), 400, "file-missing");
    }

    @Test
    void people_are_told_on_a_page() {
        given().accept("text/html,*/*;q=0.8")
                .multiPart("file", "empty.mp4", new byte[0], "video/mp4")
                .post("/upload")
                .then()
                .statusCode(400)
                .contentType(ContentType.HTML)
                .body(containsString("The file is empty"));
    }

    @ParameterizedTest
    @ValueSource(strings = {VIDEOS, "/upload"})
    void another_type_than_a_form_is_refused(String address) {
        problem(given().contentType(ContentType.JSON).body("{}").post(address), 415, "unsupported-type");
        problem(given().contentType("video/mp4").body(bytes(10)).post(address), 415, "unsupported-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/passwd",
                "..\\..\\x.mp4",
                "a'b`c;d|e&f$(g).mp4",
                "%2e%2e%2fx.mp4",
                "<script>alert(1)</script>.mp4"
            })
    void hostile_names_are_only_data(String name) {
        byte[] file = bytes(50);
        String id = given().multiPart(new MultiPartSpecBuilder(file)
                        .controlName("file")
                        .fileName(name)
                        .mimeType("video/mp4")
                        .build())
                .post(VIDEOS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        assertThat(stored.source(id)).isEqualTo(file);
        assertThat(stored.video(id).sourceKey).isEqualTo("v/" + id + "/source/original");
        assertThat(stored.video(id).fileName).doesNotContain("/", "\\");
    }

    @Test
    void a_name_in_another_alphabet_or_with_control_characters_is_cleaned_for_display() throws IOException {
        for (String name : List.of("Кот и פיל 猫.mp4", "tab\tand\u0007bell.mp4", "x".repeat(300) + ".mp4")) {
            RawHttp.Answer answer = post(form("file\"; filename=\"" + name, "some bytes"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            String id = answer.headers().get("location").substring(VIDEOS.length() + 1);
            assertThat(stored.video(id).fileName)
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(255)
                    .doesNotContain("\t", "\u0007");
            if (name.startsWith("К")) {
                assertThat(stored.video(id).title).isEqualTo("Кот и פיל 猫");
            }
        }
    }

    @Test
    void a_form_that_breaks_off_leaves_nothing() throws IOException {
        String title = UUID.randomUUID().toString();
        byte[] body = form("file\"; filename=\"" + title + ".mp4", "x".repeat(100_000));
        try (RawHttp http = new RawHttp(server)) {
            http.head(
                            "POST " + VIDEOS + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: multipart/form-data; boundary=edge",
                            "Content-Length: " + (body.length + 1000))
                    .bytes(body);
            await().until(() -> forms().size() == 1);
        }

        await().untilAsserted(() -> assertThat(forms()).isEmpty());
        assertThat(stored.uploadsTitled(title)).isEmpty();
    }

    @Test
    void a_form_that_is_none_is_refused() throws IOException {
        for (String body : List.of(
                "nonsense",
                "--edge\r\n\r\n",
                "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nbytes")) {
            RawHttp.Answer answer = post(body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(body).isBetween(400, 499);
            assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        }
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(
                            "POST " + VIDEOS + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: multipart/form-data",
                            "Content-Length: 4")
                    .bytes("none".getBytes(StandardCharsets.UTF_8))
                    .answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("file-missing");
        }
    }

    @Test
    void a_file_that_is_too_large_is_refused_before_it_is_sent() throws IOException {
        for (String address : List.of(VIDEOS, "/upload")) {
            try (RawHttp http = new RawHttp(server)) {
                RawHttp.Answer answer = http.head(
                                "POST " + address + " HTTP/1.1",
                                "Host: localhost",
                                "Content-Type: multipart/form-data; boundary=edge",
                                "Content-Length: 200000000000")
                        .answer();
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.body()).contains("upload-too-large", "107.4 GB");
            }
        }
    }

    @Test
    void a_client_that_waits_for_permission_is_not_let_begin_in_vain() throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(
                            "POST " + VIDEOS + " HTTP/1.1",
                            "Host: localhost",
                            "Expect: 100-continue",
                            "Content-Type: multipart/form-data; boundary=edge",
                            "Content-Length: 200000000000")
                    .answer();
            assertThat(answer.status()).isEqualTo(413);
        }
        byte[] body = form("file\"; filename=\"ok.mp4", "some bytes");
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer go = http.head(
                            "POST " + VIDEOS + " HTTP/1.1",
                            "Host: localhost",
                            "Expect: 100-continue",
                            "Content-Type: multipart/form-data; boundary=edge",
                            "Content-Length: " + body.length)
                    .answer();
            assertThat(go.status()).isEqualTo(100);
            assertThat(http.bytes(body).answer().status()).isEqualTo(201);
        }
    }

    private RawHttp.Answer post(byte[] body) throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            return http.head(
                            "POST " + VIDEOS + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: multipart/form-data; boundary=edge",
                            "Content-Length: " + body.length)
                    .bytes(body)
                    .answer();
        }
    }

    private static byte[] form(String name, String content) {
        return ("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content
                        + "\r\n--edge--\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private List<Path> forms() throws IOException {
        Path folder = config.getValue("quarkus.http.body.uploads-directory", Path.class);
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void problem(Response response, int status, String code) {
        response.then()
                .statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo(code));
    }
}
