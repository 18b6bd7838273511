package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.api.testing.TusClient.BYTES;
import static org.millrace.api.testing.TusClient.announce;
import static org.millrace.api.testing.TusClient.bytes;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.millrace.api.testing.RawHttp;

/** A connection whose request was answered before its body was read. */
@QuarkusTest
class RefusedBodyTest {

    @TestHTTPResource("/")
    URI server;

    @Test
    void a_body_that_nobody_reads_does_not_end_the_connection() throws IOException {
        byte[] file = bytes(4 << 20);
        String upload = announce(file.length, "refused.mp4");
        try (RawHttp http = new RawHttp(server)) {
            send(http, upload, 7, file);
            assertThat(http.answer().status()).isEqualTo(409);

            send(http, upload, 0, file);
            assertThat(http.answer().status()).isEqualTo(204);
        }
    }

    @Test
    void who_asks_before_sending_is_refused_without_being_told_to_send() throws IOException {
        String upload = announce(1000, "asked.mp4");
        try (RawHttp http = new RawHttp(server)) {
            head(http, upload, 7, 1000, "Expect: 100-continue");
            assertThat(http.answer().status()).isEqualTo(409);
        }
        try (RawHttp http = new RawHttp(server)) {
            head(http, upload, 0, 1000, "Expect: 100-continue");
            assertThat(http.answer().status()).isEqualTo(100);
            http.bytes(bytes(1000));
            assertThat(http.answer().status()).isEqualTo(204);
        }
    }

    private static void send(RawHttp http, String upload, long offset, byte[] file) throws IOException {
        head(http, upload, offset, file.length, "Accept: */*");
        http.bytes(file);
    }

    private static void head(RawHttp http, String upload, long offset, int length, String more) throws IOException {
        http.head(
                "PATCH " + upload + " HTTP/1.1",
                "Host: localhost",
                "Tus-Resumable: 1.0.0",
                "Upload-Offset: " + offset,
                "Content-Type: " + BYTES,
                "Content-Length: " + length,
                more);
    }
}
