package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.testing.RawHttp;
import org.millrace.model.id.VideoId;

/** Nobody gets at a file that the ledger does not list, whatever a path is made of. */
@QuarkusTest
class MediaPathsUnderAttackTest {

    private static final String SECRET = "nobody may read this";
    private static final int ROUNDS = 500;

    @TestHTTPResource
    URI server;

    @Inject
    Shown shown;

    @ConfigProperty(name = "millrace.home")
    Path home;

    private VideoId video;

    @BeforeEach
    void lay_out_secrets() throws IOException {
        video = shown.playable("local", "Target");
        for (Path place : List.of(
                home.resolve("secret.mp4"),
                home.resolve("media/secret.mp4"),
                home.resolve("media/v/" + video + "/set/1/secret.mp4"),
                home.resolve("media/v/" + video + "/set/1/attempt/secret.mp4"))) {
            Files.createDirectories(place.getParent());
            Files.writeString(place, SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media/{v}/1/secret.mp4",
                "/media/{v}/1/attempt/secret.mp4",
                "/media/{v}/1/attempt%2fsecret.mp4",
                "/media/{v}/1/..%2fsecret.mp4",
                "/media/{v}/1/../../../secret.mp4",
                "/media/{v}/1/%2e%2e/%2e%2e/secret.mp4",
                "/media/{v}/1/..%5c..%5csecret.mp4",
                "/media/{v}/1/..\\..\\secret.mp4",
                "/media/{v}/1/%252e%252e%252fsecret.mp4",
                "/media/{v}/1/secret%00.mp4",
                "/media/{v}/1/240p.mp4%00.jpg",
                "/media/{v}/1/.%2e/1/secret.mp4",
                "/media//../../secret.mp4",
                "/media/{v}/%31/240p.mp4",
                "//media/{v}/1/secret.mp4",
                "/media/{v}/1/%c0%ae%c0%ae%c0%afsecret.mp4",
                "/media/{v}/1/240p.mp4/../secret.mp4",
                "/media/v/{v}/set/1/attempt/240p",
                "/media",
                "/media/",
                "/media/%",
                "/media/{v}/1/%zz.mp4",
            })
    void a_path_that_means_to_get_out_leads_nowhere(String path) throws IOException {
        assertThat(get(path.replace("{v}", video.value())).status()).isBetween(400, 404);
    }

    @Test
    void random_paths_lead_nowhere() throws IOException {
        Random random = new Random(20261123);
        List<String> pieces = List.of(
                "..",
                ".",
                "%2e%2e",
                "%2f",
                "%5c",
                "\\",
                "/",
                "//",
                "%00",
                "%0d%0a",
                "secret.mp4",
                "240p",
                ".mp4",
                ".m3u8",
                "1",
                "0",
                "set",
                "attempt",
                "v",
                "media",
                "%25",
                "%",
                "?",
                "#",
                ";",
                ":",
                "~",
                "*",
                "é",
                "%c3%a9",
                "millrace.db",
                "etc/passwd",
                "master.m3u8",
                video.value());
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder path = new StringBuilder("/media/");
            if (random.nextBoolean()) {
                path.append(video).append("/1/");
            }
            for (int i = random.nextInt(8); i >= 0; i--) {
                path.append(pieces.get(random.nextInt(pieces.size())));
            }
            RawHttp.Answer answer = get(path.toString());
            assertThat(answer.status()).as(path.toString()).isBetween(200, 499);
            assertThat(answer.body()).as(path.toString()).doesNotContain(SECRET, "SQLite format", "root:");
        }
    }

    private RawHttp.Answer get(String path) throws IOException {
        try (RawHttp connection = new RawHttp(server)) {
            RawHttp.Answer answer = connection
                    .head("GET " + path + " HTTP/1.1", "Host: 127.0.0.1:" + server.getPort(), "Connection: close")
                    .answer();
            assertThat(answer.body()).as(path).doesNotContain(SECRET);
            return answer;
        }
    }
}
