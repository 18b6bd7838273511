package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.api.testing.Stored;
import org.millrace.api.testing.TusClient;

/** The client that the upload page uses, as npm delivers it. */
@QuarkusTest
class TusJsClientTest {

    private static final int CHUNK = 5 * 1024 * 1024;

    @TestHTTPResource("/api/v1/uploads")
    URI endpoint;

    @Inject
    Stored stored;

    @TempDir
    Path folder;

    @Test
    void an_upload_that_was_interrupted_goes_on_where_it_stopped() throws IOException, InterruptedException {
        byte[] bytes = TusClient.bytes(20 * 1024 * 1024);
        Path file = Files.write(folder.resolve("interrupted.mp4"), bytes);

        JsonNode result = run(file);

        String video = result.get("video").textValue();
        assertThat(result.get("from").longValue()).isBetween((long) CHUNK, bytes.length - 1L);
        assertThat(stored.source(video)).isEqualTo(bytes);
        assertThat(stored.video(video).title).isEqualTo("Sent by tus-js-client");
        assertThat(stored.video(video).fileName).isEqualTo("interrupted.mp4");
    }

    private JsonNode run(Path file) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        "node", "src/test/web/tus-client.mjs", endpoint.toString(), file.toString(), "" + CHUNK)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(client.exitValue()).as(output).isZero();
            return new ObjectMapper().readTree(output);
        } finally {
            client.destroyForcibly();
        }
    }
}
