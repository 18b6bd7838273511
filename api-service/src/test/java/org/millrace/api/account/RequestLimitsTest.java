package org.millrace.api.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.testing.RawHttp;

/** How large a request may be, in each of its dimensions, and how long it may take to arrive. */
@QuarkusTest
@TestProfile(RequestLimitsTest.Impatient.class)
class RequestLimitsTest {

    private static final String VIDEO = "/api/v1/videos/aaaaaaaaaaaaaaaaaaaaaaaaaa";

    @TestHTTPResource("/")
    URI server;

    @Inject
    Config config;

    /** A server that waits for a second where others wait for half a minute or more. */
    public static class Impatient implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("millrace.http.body-timeout", "1s", "quarkus.http.read-timeout", "4s");
        }
    }

    @AfterEach
    void nothing_is_left_and_others_are_served() {
        await().untilAsserted(() -> assertThat(forms()).isEmpty());
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void an_address_that_is_too_long_is_refused_in_words() throws IOException {
        assertThat(refused("GET /?q=" + "x".repeat(4100) + " HTTP/1.1", "Host: localhost"))
                .isEqualTo("414 address-too-long");
    }

    @Test
    void headers_that_are_too_large_are_refused_in_words_and_without_any_when_they_are_huge() throws IOException {
        assertThat(refused("GET / HTTP/1.1", "Host: localhost", "X-Much: " + "x".repeat(17_000)))
                .isEqualTo("431 headers-too-large");
        String many =
                IntStream.range(0, 1500).mapToObj(i -> "X-" + i + ": 12345").collect(Collectors.joining("\r\n"));
        assertThat(refused("GET / HTTP/1.1", "Host: localhost", many)).isEqualTo("431 headers-too-large");
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head("GET / HTTP/1.1", "Host: localhost", "X-Much: " + "x".repeat(70_000))
                    .answer();
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void a_body_that_is_too_large_for_its_address_is_refused_before_it_comes() throws IOException {
        assertThat(refused(
                        "PATCH " + VIDEO + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/json",
                        "Content-Length: 1048577"))
                .isEqualTo("413 body-too-large");
    }

    @Test
    void a_body_that_does_not_say_how_large_it_is_is_read_no_further_than_it_may_be() throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            http.head(
                    "PATCH " + VIDEO + " HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked");
            http.bytes(chunk("{\"title\": \""));
            for (int i = 0; i < 17; i++) {
                http.bytes(chunk("x".repeat(65_536)));
            }
            // By the server itself, without words.
            assertThat(http.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void json_that_is_nested_too_deeply_is_none() throws IOException {
        String json = "[".repeat(100_000);
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(
                            "PATCH " + VIDEO + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/json",
                            "Content-Length: " + json.length())
                    .bytes(json.getBytes(StandardCharsets.US_ASCII))
                    .answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("invalid-json");
        }
    }

    @Test
    void a_field_of_a_form_that_is_too_long_is_refused() {
        given().multiPart("title", "x".repeat(20_000))
                .multiPart("file", "a.mp4", new byte[10], "video/mp4")
                .post("/api/v1/videos")
                .then()
                .statusCode(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"; filename=\"a.mp4\"", ""})
    void a_form_of_thousands_of_parts_is_refused(String file) throws IOException {
        String form = IntStream.range(0, 3000)
                        .mapToObj(part -> "--edge\r\nContent-Disposition: form-data; name=\"part" + part + "\"" + file
                                + "\r\n\r\nx\r\n")
                        .collect(Collectors.joining())
                + "--edge--\r\n";
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(
                            "POST /api/v1/videos HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: multipart/form-data; boundary=edge",
                            "Content-Length: " + form.length())
                    .bytes(form.getBytes(StandardCharsets.US_ASCII))
                    .answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("body-too-large", "too many fields");
        }
    }

    @Test
    void a_form_of_a_page_with_thousands_of_fields_is_refused() {
        String fields =
                IntStream.range(0, 3000).mapToObj(field -> "f" + field + "=x").collect(Collectors.joining("&"));
        given().contentType("application/x-www-form-urlencoded")
                .body(fields)
                .post("/watch/aaaaaaaaaaaaaaaaaaaaaaaaaa")
                .then()
                .statusCode(413);
    }

    @Test
    void a_body_that_trickles_in_does_not_keep_its_thread() throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            http.head(
                    "PATCH " + VIDEO + " HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Content-Length: 1000");
            http.bytes("{".getBytes(StandardCharsets.US_ASCII));
            assertThat(http.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_form_that_falls_silent_is_given_up() throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            http.head(
                    "POST /api/v1/videos HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: multipart/form-data; boundary=edge",
                    "Content-Length: 100000");
            http.bytes("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\nx"
                    .getBytes(StandardCharsets.US_ASCII));
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isIn(0, 408);
        }
    }

    private List<Path> forms() throws IOException {
        Path folder = config.getValue("quarkus.http.body.uploads-directory", Path.class);
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private String refused(String... head) throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(head).answer();
            assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
            return answer.status() + " " + answer.body().replaceAll(".*\"code\":\"([a-z-]+)\".*", "$1");
        }
    }

    private static byte[] chunk(String text) {
        return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
