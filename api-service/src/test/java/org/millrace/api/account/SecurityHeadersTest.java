package org.millrace.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.api.testing.RawHttp;

@QuarkusTest
class SecurityHeadersTest {

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/videos, localhost, 200",
        "GET, /api/v1/videos/nope, localhost, 404",
        "PUT, /api/v1/videos, localhost, 405",
        "OPTIONS, /api/v1/uploads, localhost, 204",
        "HEAD, /api/v1/uploads/nope, localhost, 412",
        "GET, /docs/errors.md, localhost, 200",
        "GET, /assets/app.css, localhost, 200",
        "GET, /nothing/here, localhost, 404",
        "GET, /q/openapi, localhost, 200",
        "GET, /q/health/live, localhost, 200",
        "GET, /q/metrics, localhost, 200",
        "GET, /api/v1/videos, evil.example, 421",
        "POST, /upload, evil.example, 421",
        "DELETE, /api/v1/videos/nope, localhost, 404",
    })
    void every_kind_of_answer_is_strict(String method, String path, String host, int status) throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            strict(
                    http.head(method + " " + path + " HTTP/1.1", "Host: " + host)
                            .answer(),
                    status,
                    SecurityHeaders.pages(List.of()));
        }
    }

    @Test
    void answers_to_requests_that_are_too_large_are_strict() throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            strict(
                    http.head("GET /" + "x".repeat(5000) + " HTTP/1.1", "Host: localhost")
                            .answer(),
                    414,
                    SecurityHeaders.pages(List.of()));
        }
        try (RawHttp http = new RawHttp(server)) {
            strict(
                    http.head("GET / HTTP/1.1", "Host: localhost", "X-Long: " + "x".repeat(20_000))
                            .answer(),
                    431,
                    SecurityHeaders.pages(List.of()));
        }
        try (RawHttp http = new RawHttp(server)) {
            strict(
                    http.head("PATCH /api/v1/videos/x HTTP/1.1", "Host: localhost", "Content-Length: 2000000")
                            .answer(),
                    413,
                    SecurityHeaders.pages(List.of()));
        }
    }

    @Test
    void media_can_do_nothing_when_opened_by_themselves() throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head("GET /media/x/1/video.mp4 HTTP/1.1", "Host: localhost")
                    .answer();
            strict(answer, 404, SecurityHeaders.MEDIA);
        }
    }

    @Test
    void pages_may_exchange_bytes_with_the_servers_that_the_settings_name_and_do_nothing_else_there() {
        String pages = SecurityHeaders.pages(List.of("https://cdn.example", "https://bucket.example:9000"));

        assertThat(pages)
                .contains("connect-src 'self' https://cdn.example https://bucket.example:9000;")
                .contains("media-src 'self' blob: https://cdn.example https://bucket.example:9000;");
        assertThat(pages.replace(" https://cdn.example https://bucket.example:9000", ""))
                .isEqualTo(SecurityHeaders.pages(List.of()));
    }

    private static void strict(RawHttp.Answer answer, int status, String policy) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers())
                .containsEntry("content-security-policy", policy)
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "same-origin")
                .containsEntry("cross-origin-opener-policy", "same-origin")
                .containsEntry("cross-origin-resource-policy", "same-origin")
                .containsEntry("permissions-policy", SecurityHeaders.PERMISSIONS)
                .doesNotContainKey("server")
                .doesNotContainKey("x-powered-by");
    }
}
