package org.millrace.api.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.millrace.api.testing.TusClient.UPLOADS;
import static org.millrace.api.testing.TusClient.tus;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.api.testing.RawHttp;

@QuarkusTest
@TestProfile(LittleRoomTest.FullDisk.class)
class LittleRoomTest {

    @TestHTTPResource("/")
    URI server;

    /** A server that accepts a megabyte and keeps more free than any disk has. */
    public static class FullDisk implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("millrace.upload.max-size", "1000000", "millrace.upload.keep-free", "8000000G");
        }
    }

    @Test
    void a_full_disk_is_told_before_the_first_byte() {
        tus().header("Upload-Length", 1000).post(UPLOADS).then().statusCode(507).body("code", equalTo("storage-full"));
        given().multiPart("file", "a.mp4", new byte[100_000], "video/mp4")
                .post("/api/v1/videos")
                .then()
                .statusCode(507)
                .body("code", equalTo("storage-full"));
    }

    @Test
    void a_file_that_is_larger_than_any_is_told_so_however_full_the_disk_is() throws IOException {
        tus().header("Upload-Length", 1_000_001)
                .post(UPLOADS)
                .then()
                .statusCode(413)
                .body("code", equalTo("upload-too-large"));
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head(
                            "POST /api/v1/videos HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: multipart/form-data; boundary=edge",
                            "Content-Length: 1200000")
                    .answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("upload-too-large", "1 MB");
        }
    }

    @Test
    void a_form_of_unknown_length_is_stopped_when_it_becomes_too_large() throws IOException {
        String chunk = "x".repeat(65_536);
        byte[] bytes = ("10000\r\n" + chunk + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try (RawHttp http = new RawHttp(server)) {
            http.head(
                    "POST /api/v1/videos HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: multipart/form-data; boundary=edge",
                    "Transfer-Encoding: chunked");
            String head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n";
            http.bytes((Integer.toHexString(head.length()) + "\r\n" + head + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 3; i++) {
                http.bytes(bytes);
            }
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(507);
            assertThat(answer.body()).contains("storage-full");
        }
    }
}
