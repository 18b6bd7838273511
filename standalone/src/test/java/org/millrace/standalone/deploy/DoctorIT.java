package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.deploy.Shell.Run;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Nginx;
import org.millrace.standalone.testbed.Patient;
import org.millrace.standalone.testbed.Ports;
import org.millrace.standalone.testbed.Program;
import org.millrace.store.S3Server;

/** {@code ./millrace doctor} with the real program, on S3 and behind real proxies. */
@Patient
class DoctorIT {

    @TempDir
    static Path folder;

    private static S3Server s3;
    private static Program program;
    private static Nginx shipped;
    private static Nginx careless;
    private static Map<URI, CompletableFuture<Run>> runs;

    @BeforeAll
    static void start() {
        int port = Ports.free();
        // The bucket lets pages of the product itself read and send, and no others.
        s3 = S3Server.start(List.of("http://127\\.0\\.0\\.1:" + port));
        s3.createBucket("media");
        program = Program.of("standalone")
                .at(port)
                .with("millrace.home", folder.resolve("home"))
                .env("MILLRACE_STORE_KIND", "s3")
                .env("MILLRACE_STORE_S3_BUCKET", "media")
                .env("MILLRACE_PLAYBACK_REDIRECT_TO_STORE", "true")
                .env("MILLRACE_UPLOAD_DIRECT", "true")
                .env("QUARKUS_S3_ENDPOINT_OVERRIDE", s3.endpoint().toString())
                .env("QUARKUS_S3_PATH_STYLE_ACCESS", "true")
                .env("AWS_ACCESS_KEY_ID", s3.accessKey())
                .env("AWS_SECRET_ACCESS_KEY", s3.secretKey())
                .start(folder)
                .awaitHealth("ready");
        String id = program.client().upload(Clips.h264(folder, "clip", 2));
        JsonNode video = program.client().awaitEnd(id, Duration.ofMinutes(2));
        assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
        shipped = Nginx.before(folder.resolve("shipped"), List.of(program.address()));
        careless = Nginx.carelesslyBefore(folder.resolve("careless"), program.address());
        // Most of it is waiting, so all three at once.
        runs = Stream.of(program.address(), shipped.address(), careless.address())
                .collect(Collectors.toMap(
                        Function.identity(), address -> CompletableFuture.supplyAsync(() -> doctor(address))));
    }

    @AfterAll
    static void stop() {
        careless.close();
        shipped.close();
        program.close();
        s3.close();
    }

    @Test
    void behind_the_proxy_that_is_shipped_only_the_bucket_that_does_not_know_its_pages_is_wrong() {
        Run run = runs.get(shipped.address()).join();
        assertThat(run.output().lines())
                .as(run.output())
                .contains(
                        "ok     store     can be written to and deleted from",
                        "ok     database  answers",
                        "ok     clock     agrees with this machine's",
                        "ok     body      a request of 48 MiB is let through",
                        "ok     ranges    a span of a video comes as exactly that",
                        "ok     multipart a part that is sent straight to the bucket arrives",
                        "ok     events    come as they happen")
                .filteredOn(line -> line.startsWith("WRONG"))
                .hasSize(2)
                .allMatch(line ->
                        line.startsWith("WRONG  cors      " + s3.endpoint().getAuthority()))
                .anyMatch(line -> line.endsWith(" read"))
                .anyMatch(line -> line.endsWith(" send"));
        assertThat(run.output()).contains("put-bucket-cors");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void nothing_is_wrong_where_the_bucket_knows_the_pages() {
        Run run = runs.get(program.address()).join();
        assertThat(run.output().lines())
                .as(run.output())
                .contains(
                        "ok     cors      " + s3.endpoint().getAuthority() + " lets pages of " + program.address()
                                + " read",
                        "ok     cors      " + s3.endpoint().getAuthority() + " lets pages of " + program.address()
                                + " send",
                        "nothing is wrong");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void behind_a_careless_proxy_its_traps_are_named() {
        Run run = runs.get(careless.address()).join();
        assertThat(run.output())
                .as(run.output())
                .contains("client_max_body_size 0", "WRONG  events    nothing comes", "proxy_buffering off");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private static Run doctor(URI address) {
        try {
            return Shell.run(
                    Map.of(), List.of(Repository.file("millrace").toString(), "doctor", "--url", address.toString()));
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
