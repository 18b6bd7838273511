package org.millrace.api.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.millrace.api.testing.TusClient.BYTES;
import static org.millrace.api.testing.TusClient.UPLOADS;
import static org.millrace.api.testing.TusClient.announce;
import static org.millrace.api.testing.TusClient.base64;
import static org.millrace.api.testing.TusClient.bytes;
import static org.millrace.api.testing.TusClient.checksum;
import static org.millrace.api.testing.TusClient.offset;
import static org.millrace.api.testing.TusClient.patch;
import static org.millrace.api.testing.TusClient.tus;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.testing.Stored;

@QuarkusTest
class TusTest {

    private static final String UNKNOWN = UPLOADS + "/aaaaaaaaaaaaaaaaaaaaaaaaaa";

    @Inject
    Stored stored;

    @Test
    void what_is_supported_is_told_to_whoever_asks() {
        for (String address : new String[] {UPLOADS, UNKNOWN}) {
            given().options(address)
                    .then()
                    .statusCode(204)
                    .header("Tus-Resumable", "1.0.0")
                    .header("Tus-Version", "1.0.0")
                    .header("Tus-Extension", "creation,creation-with-upload,termination,expiration,checksum")
                    .header("Tus-Max-Size", "107374182400")
                    .header("Tus-Checksum-Algorithm", "md5,sha1,sha256,sha512");
        }
    }

    @Test
    void a_file_sent_in_three_pieces_becomes_a_video_with_the_last_one() {
        byte[] file = bytes(300_000);
        Response created = tus().header("Upload-Length", file.length)
                .header("Upload-Metadata", "filename " + base64("My film.mp4") + ",empty")
                .post(UPLOADS);
        created.then()
                .statusCode(201)
                .header("Location", matchesPattern(UPLOADS + "/[a-z2-7]{26}"))
                .header("Upload-Offset", "0")
                .header("Upload-Expires", matchesPattern("[A-Z][a-z]{2}, \\d{1,2} .* GMT"))
                .header("Tus-Resumable", "1.0.0")
                .header("Cache-Control", "no-store")
                .header("Millrace-Video-Id", nullValue());
        String upload = created.header("Location");

        patch(upload, 0, Arrays.copyOfRange(file, 0, 100_000))
                .then()
                .statusCode(204)
                .header("Upload-Offset", "100000")
                .header("Millrace-Video-Id", nullValue());
        tus().head(upload)
                .then()
                .statusCode(200)
                .header("Upload-Offset", "100000")
                .header("Upload-Length", "300000")
                .header("Upload-Metadata", "filename " + base64("My film.mp4") + ",empty")
                .header("Cache-Control", "no-store")
                .header("Tus-Resumable", "1.0.0");
        patch(upload, 100_000, Arrays.copyOfRange(file, 100_000, 100_001))
                .then()
                .statusCode(204);
        String video = patch(upload, 100_001, Arrays.copyOfRange(file, 100_001, 300_000))
                .then()
                .statusCode(204)
                .header("Upload-Offset", "300000")
                .extract()
                .header("Millrace-Video-Id");

        assertThat(stored.source(video)).isEqualTo(file);
        given().get("/api/v1/videos/" + video)
                .then()
                .statusCode(200)
                .body("title", equalTo("My film"))
                .body("state", equalTo("PROCESSING"));
    }

    @Test
    void a_finished_upload_tells_its_video_again_to_whoever_missed_it() {
        byte[] file = bytes(1000);
        String upload = announce(file.length, "again.mp4");
        String video = patch(upload, 0, file).header("Millrace-Video-Id");

        tus().head(upload)
                .then()
                .statusCode(200)
                .header("Upload-Offset", "1000")
                .header("Millrace-Video-Id", video);
        patch(upload, 1000, new byte[0]).then().statusCode(204).header("Millrace-Video-Id", video);
        problem(patch(upload, 0, file), 409, "wrong-offset").header("Upload-Offset", "1000");
        assertThat(stored.source(video)).isEqualTo(file);
    }

    @Test
    void the_first_bytes_can_come_with_the_announcement() {
        byte[] file = bytes(5000);
        Response part = tus().header("Upload-Length", file.length)
                .contentType(BYTES)
                .body(Arrays.copyOf(file, 2000))
                .post(UPLOADS);
        part.then().statusCode(201).header("Upload-Offset", "2000").header("Millrace-Video-Id", nullValue());
        patch(part.header("Location"), 2000, Arrays.copyOfRange(file, 2000, 5000))
                .then()
                .statusCode(204);

        Response whole = tus().header("Upload-Length", file.length)
                .header("Upload-Checksum", checksum("sha256", "SHA-256", file))
                .contentType(BYTES)
                .body(file)
                .post(UPLOADS);
        whole.then().statusCode(201).header("Upload-Offset", "5000");
        assertThat(stored.source(whole.header("Millrace-Video-Id"))).isEqualTo(file);
    }

    @Test
    void every_request_has_to_name_the_version() {
        String upload = announce(10, "version.mp4");
        for (String version : new String[] {"0.2.2", "2.0.0", ""}) {
            problem(given().header("Tus-Resumable", version).head(upload), 412, null);
            problem(given().header("Tus-Resumable", version).delete(upload), 412, "tus-version")
                    .header("Tus-Version", "1.0.0");
            problem(
                    given().header("Tus-Resumable", version)
                            .header("Upload-Length", 10)
                            .post(UPLOADS),
                    412,
                    "tus-version");
            problem(
                    given().header("Tus-Resumable", version)
                            .header("Upload-Offset", 0)
                            .contentType(BYTES)
                            .body(new byte[10])
                            .patch(upload),
                    412,
                    "tus-version");
        }
        assertThat(offset(upload)).isZero();
    }

    @Test
    void bytes_at_a_wrong_offset_are_refused_and_the_right_one_is_told() {
        String upload = announce(100, "offset.mp4");
        patch(upload, 0, new byte[40]).then().statusCode(204);

        for (int wrong : new int[] {0, 39, 41, 100, 5000}) {
            problem(patch(upload, wrong, new byte[10]), 409, "wrong-offset").header("Upload-Offset", "40");
        }
        for (String nonsense : new String[] {"-1", "x", "1.5", "", "99999999999999999999"}) {
            problem(
                    tus().header("Upload-Offset", nonsense)
                            .contentType(BYTES)
                            .body(new byte[10])
                            .patch(upload),
                    400,
                    "upload-offset-invalid");
        }
        problem(tus().contentType(BYTES).body(new byte[10]).patch(upload), 400, "upload-offset-invalid");
        assertThat(offset(upload)).isEqualTo(40);
    }

    @Test
    void more_bytes_than_announced_are_refused_as_a_whole() {
        String upload = announce(100, "more.mp4");
        patch(upload, 0, new byte[40]).then().statusCode(204);

        problem(patch(upload, 40, new byte[61]), 413, "more-than-announced");
        assertThat(offset(upload)).isEqualTo(40);
        problem(
                tus().header("Upload-Length", 5)
                        .contentType(BYTES)
                        .body(new byte[6])
                        .post(UPLOADS),
                413,
                "more-than-announced");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "text/plain", "multipart/form-data; boundary=x", "video/mp4"})
    void bytes_of_another_type_are_refused(String type) {
        String upload = announce(10, "type.mp4");

        problem(
                tus().header("Upload-Offset", 0)
                        .contentType(type)
                        .body("0123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .patch(upload),
                415,
                "unsupported-type");
        assertThat(offset(upload)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"md5, MD5", "sha1, SHA-1", "sha256, SHA-256", "sha512, SHA-512"})
    void bytes_that_do_not_match_their_checksum_are_dropped(String name, String algorithm) {
        byte[] file = bytes(200_000);
        byte[] first = Arrays.copyOf(file, 150_000);
        byte[] second = Arrays.copyOfRange(file, 150_000, 200_000);
        byte[] hurt = second.clone();
        hurt[40_000] ^= 1;
        String upload = announce(file.length, "sum.mp4");

        summed(upload, 0, first, checksum(name, algorithm, first)).then().statusCode(204);
        problem(summed(upload, 150_000, hurt, checksum(name, algorithm, second)), 460, "checksum-mismatch");
        assertThat(offset(upload)).isEqualTo(150_000);
        String video = summed(upload, 150_000, second, checksum(name, algorithm, second))
                .then()
                .statusCode(204)
                .extract()
                .header("Millrace-Video-Id");
        assertThat(stored.source(video)).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1", "crc99 AAAA", "sha1 !!!", "sha1 AAAA", "sha1  AAAA", "SHA1 AAAA"})
    void a_checksum_that_means_nothing_is_refused(String header) {
        String upload = announce(10, "sum.mp4");

        problem(summed(upload, 0, new byte[10], header), 400, "checksum-unsupported");
        assertThat(offset(upload)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "abc", "1e3", "", "99999999999999999999"})
    void a_length_that_is_no_number_is_refused(String length) {
        problem(tus().header("Upload-Length", length).post(UPLOADS), 400, "upload-length-invalid");
    }

    @Test
    void a_length_has_to_be_told_and_must_not_be_zero() {
        problem(tus().post(UPLOADS), 400, "upload-length-invalid");
        problem(tus().header("Upload-Defer-Length", 1).post(UPLOADS), 400, "upload-length-invalid");
        problem(
                tus().header("Upload-Length", 10)
                        .header("Upload-Concat", "partial")
                        .post(UPLOADS),
                400,
                "upload-length-invalid");
        problem(tus().header("Upload-Length", 0).post(UPLOADS), 400, "empty-file");
    }

    @Test
    void a_file_that_is_too_large_is_refused_before_its_first_byte() {
        problem(tus().header("Upload-Length", 107374182401L).post(UPLOADS), 413, "upload-too-large");
    }

    @Test
    void metadata_that_cannot_be_read_are_refused() {
        problem(
                tus().header("Upload-Length", 10)
                        .header("Upload-Metadata", "filename !!!")
                        .post(UPLOADS),
                400,
                "upload-metadata-invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/passwd",
                "..\\..\\windows\\system32.mp4",
                "a\"b'c`d;e|f&g$(h).mp4",
                "new\nline\tand\u0000nul\u001b[2J.mp4",
                "كلب وقطة.mp4",
                "\u202Egpj.4pm.exe",
                "<img src=x onerror=alert(1)>.mp4",
                "日本語のファイル.mkv"
            })
    void hostile_names_are_only_data(String name) {
        byte[] file = bytes(100);
        String upload = announce(file.length, name);
        String video = patch(upload, 0, file).header("Millrace-Video-Id");

        String title = given().get("/api/v1/videos/" + video)
                .then()
                .statusCode(200)
                .extract()
                .path("title");
        assertThat(title).isNotBlank().doesNotContain("/", "\\", "\n", "\u0000", "\u001b", "\u202E");
        assertThat(stored.source(video)).isEqualTo(file);
        assertThat(stored.video(video).sourceKey).isEqualTo("v/" + video + "/source/original");
    }

    @Test
    void a_name_of_three_hundred_bytes_is_cut_for_display() {
        String upload = announce(10, "я".repeat(296) + ".mp4");
        String video = patch(upload, 0, new byte[10]).header("Millrace-Video-Id");

        assertThat(stored.video(video).title).isEqualTo("я".repeat(200));
        assertThat(stored.video(video).fileName).hasSize(255);
    }

    @Test
    void an_upload_that_is_given_up_leaves_nothing() {
        String upload = announce(100, "gone.mp4");
        patch(upload, 0, new byte[50]).then().statusCode(204);
        UploadRow row = stored.upload(upload);

        tus().delete(upload).then().statusCode(204);

        problem(tus().head(upload), 404, null);
        problem(patch(upload, 50, new byte[50]), 404, "upload-not-found");
        problem(tus().delete(upload), 404, "upload-not-found");
        assertThat(stored.hasBytes(row)).isFalse();
    }

    @Test
    void giving_up_what_is_a_video_by_now_leaves_the_video() {
        String upload = announce(10, "stays.mp4");
        String video = patch(upload, 0, new byte[10]).header("Millrace-Video-Id");

        tus().delete(upload).then().statusCode(204);

        problem(tus().head(upload), 404, null);
        given().get("/api/v1/videos/" + video).then().statusCode(200);
        assertThat(stored.source(video)).hasSize(10);
    }

    @Test
    void an_unknown_upload_is_not_found_whatever_is_asked() {
        for (String address : new String[] {UNKNOWN, UPLOADS + "/x", UPLOADS + "/..%2f..%2fetc"}) {
            problem(tus().urlEncodingEnabled(false).head(address), 404, null);
            problem(tus().urlEncodingEnabled(false).delete(address), 404, "upload-not-found");
            problem(
                    tus().urlEncodingEnabled(false)
                            .header("Upload-Offset", 0)
                            .contentType(BYTES)
                            .body(new byte[1])
                            .patch(address),
                    404,
                    "upload-not-found");
        }
    }

    @Test
    void an_upload_of_somebody_else_is_not_there() {
        String upload = announce(10, "theirs.mp4");
        stored.change(upload, row -> row.owner = "somebody-else");

        problem(tus().head(upload), 404, null);
        problem(patch(upload, 0, new byte[10]), 404, "upload-not-found");
        problem(tus().delete(upload), 404, "upload-not-found");
    }

    @Test
    void clients_that_know_no_patch_can_say_post() {
        String upload = announce(10, "override.mp4");

        tus().header("X-HTTP-Method-Override", "PATCH")
                .header("Upload-Offset", 0)
                .contentType(BYTES)
                .body(new byte[4])
                .post(upload)
                .then()
                .statusCode(204)
                .header("Upload-Offset", "4");
        problem(tus().header("X-HTTP-Method-Override", "BREW").post(upload), 405, "method-not-allowed");
        tus().header("X-HTTP-Method-Override", "DELETE").post(upload).then().statusCode(204);
    }

    private static Response summed(String upload, long offset, byte[] bytes, String checksum) {
        return tus().header("Upload-Offset", offset)
                .header("Upload-Checksum", checksum)
                .contentType(BYTES)
                .body(bytes)
                .patch(upload);
    }

    /** Refusals of tus are marked as such too; those of HEAD have no body and so no code. */
    private static ValidatableResponse problem(Response response, int status, String code) {
        ValidatableResponse answer = response.then()
                .statusCode(status)
                .header("Tus-Resumable", "1.0.0")
                .header("Cache-Control", "no-store");
        return code == null
                ? answer
                : answer.contentType("application/problem+json").body("code", equalTo(code));
    }
}
