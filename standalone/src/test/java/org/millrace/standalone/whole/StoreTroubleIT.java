package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.FaultProxy;
import org.millrace.standalone.testbed.Patient;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.standalone.testbed.TusUpload;
import org.millrace.store.S3Server;

/** An S3 server that answers 503, is slow, or breaks off: an upload goes on, and what was accepted is made. */
@Patient
class StoreTroubleIT {

    private static final Duration END = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int FAULTS = 3;
    private static final String UNAVAILABLE =
            "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    @TempDir
    Path folder;

    @Test
    void a_store_that_fails_and_breaks_off_costs_waiting_and_no_video() throws Exception {
        try (S3Server s3 = S3Server.start();
                FaultProxy line = FaultProxy.before(s3.endpoint().getPort());
                Services services = new Services(folder, RabbitServer.shared().virtualHost("store-trouble"))) {
            s3.createBucket("media");
            Program api = services.start(onS3(services.api(), s3, line));
            Program worker = services.start(onS3(services.worker(), s3, line));
            api.awaitHealth("ready");
            worker.awaitHealth("ready");
            byte[] clip = Files.readAllBytes(Clips.numbered(folder, "numbered", 12, 640, 360));

            TusUpload upload = TusUpload.announce(api.address(), clip);
            int half = (int) upload.send(api.address(), 0, clip.length / 2);
            line.answerWith(UNAVAILABLE);
            line.cut();
            assertThatThrownBy(() -> upload.finish(api.address(), half)).hasMessageContaining("store-unavailable");
            line.heal();
            String id = upload.finish(api.address(), Math.toIntExact(upload.offset(api.address())));

            suffer(line, () -> line.cutAfter(20_000), line::cuts);
            suffer(
                    line,
                    () -> {
                        line.answerWith(UNAVAILABLE);
                        line.cut();
                    },
                    line::refusals);
            suffer(line, () -> line.slowDown(Duration.ofMillis(100)), line::held);

            Client client = api.client();
            JsonNode video = client.awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
            assertThat(client.playThrough(id)).isGreaterThan(3);
        }
    }

    /** Makes the line bad until somebody has met it several times. */
    private static void suffer(FaultProxy line, Runnable how, LongSupplier met) {
        long before = met.getAsLong();
        how.run();
        Awaitility.await("somebody meets the bad line").atMost(SOON).until(() -> met.getAsLong() >= before + FAULTS);
        line.heal();
    }

    private static Program.Builder onS3(Program.Builder program, S3Server s3, FaultProxy line) {
        s3.settings("media", s3.endpoint().resolve("http://127.0.0.1:" + line.port()))
                .forEach(program::with);
        return program;
    }
}
