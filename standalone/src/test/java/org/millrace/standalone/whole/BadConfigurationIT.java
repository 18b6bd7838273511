package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.testing.PostgresServer;
import org.millrace.standalone.testbed.Patient;
import org.millrace.standalone.testbed.Ports;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.RabbitServer;
import org.millrace.standalone.testbed.Services;
import org.millrace.store.S3Server;

/** The real programs, each with one setting that is wrong. */
@Patient
class BadConfigurationIT {

    private static final Duration END = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void a_data_folder_that_cannot_be_made() {
        assertRefused(
                Program.of("standalone").env("MILLRACE_HOME", "/proc/millrace"), "/proc/millrace", "MILLRACE_HOME");
    }

    @Test
    void a_value_that_is_not_understood() {
        assertRefused(standalone().env("MILLRACE_WORKER_SLOTS", "many"), "millrace.worker.slots", "many");
    }

    @Test
    void a_port_that_another_program_uses() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    standalone().at(taken.getLocalPort()), Integer.toString(taken.getLocalPort()), "MILLRACE_PORT");
        }
    }

    @Test
    void a_ledger_that_a_newer_version_has_migrated() throws SQLException {
        Program made = standalone().start(folder).awaitHealth("ready");
        made.close();
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("home/millrace.db"));
                Statement statement = ledger.createStatement()) {
            statement.executeUpdate(
                    "insert into flyway_schema_history"
                            + " select installed_rank + 900, '900', 'of the future', type, script, checksum, installed_by,"
                            + " installed_on, execution_time, success from flyway_schema_history order by installed_rank limit 1");
        }
        assertRefused(standalone(), "version 900", "newer", "backup", "MILLRACE_HOME");
    }

    @Test
    void a_media_folder_that_cannot_be_written() {
        assertRefused(
                worker().env("MILLRACE_STORE_LOCAL_PATH", "/proc/media"), "/proc/media", "MILLRACE_STORE_LOCAL_PATH");
    }

    @Test
    void an_ffmpeg_that_is_not_there() {
        assertRefused(
                worker().env("MILLRACE_FFMPEG_FFMPEG", "/usr/bin/no-ffmpeg"),
                "/usr/bin/no-ffmpeg was not found",
                "install FFmpeg 5.1",
                "millrace.ffmpeg.ffmpeg");
    }

    @Test
    void an_ffmpeg_that_is_too_old() throws IOException {
        Path old = Files.writeString(
                folder.resolve("ffmpeg"), "#!/bin/sh\necho 'ffmpeg version 4.4.2 Copyright (c) 2000-2021'\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertRefused(worker().env("MILLRACE_FFMPEG_FFMPEG", old.toString()), "4.4.2, which is too old", "FFmpeg 5.1");
    }

    @Test
    void s3_without_the_name_of_a_bucket() {
        assertRefused(worker().env("MILLRACE_STORE_KIND", "s3"), "MILLRACE_STORE_S3_BUCKET");
    }

    @Test
    void a_bucket_that_does_not_exist() {
        try (S3Server s3 = S3Server.start()) {
            assertRefused(onS3(s3, s3.secretKey()), "bucket media", "MILLRACE_STORE_S3_BUCKET");
        }
    }

    @Test
    void a_wrong_key_of_s3() {
        try (S3Server s3 = S3Server.start()) {
            s3.createBucket("media");
            assertRefused(onS3(s3, "wrong"), "bucket media", "AWS_SECRET_ACCESS_KEY");
        }
    }

    @Test
    void s3_without_a_key() {
        try (S3Server s3 = S3Server.start()) {
            s3.createBucket("media");
            assertRefused(
                    onS3(s3, "").with("quarkus.s3.aws.credentials.type", "env-variable"),
                    "bucket media",
                    "AWS_ACCESS_KEY_ID");
        }
    }

    @Test
    void a_database_that_is_not_there() {
        assertRefused(
                onPostgres("jdbc:postgresql://127.0.0.1:" + Ports.free() + "/millrace", PostgresServer.ACCOUNT),
                "cannot be used",
                "QUARKUS_DATASOURCE_JDBC_URL");
    }

    @Test
    void a_wrong_password_of_the_database() {
        String database = PostgresServer.shared().database("refusing");
        assertRefused(onPostgres(database, "wrong"), database, "QUARKUS_DATASOURCE_PASSWORD");
    }

    @Test
    void a_broker_that_refuses_the_account_leaves_the_api_degraded_and_both_programs_name_the_setting() {
        try (Services services = new Services(folder, RabbitServer.shared().virtualHost("refusing"))) {
            Program api = services.start(services.api().with("millrace.broker.password", "wrong"));
            Program worker = services.start(services.worker().with("millrace.broker.password", "wrong"));
            assertNames(api.awaitHealth("ready"), 200, "RABBITMQ_USERNAME and RABBITMQ_PASSWORD");
            assertNames(worker.awaitHealth("live"), 503, "RABBITMQ_USERNAME and RABBITMQ_PASSWORD");
            assertThat(api.client().get("/").body()).contains("broker refuses this installation");
        }
    }

    @Test
    void a_virtual_host_that_does_not_exist_is_named_by_both_programs() {
        RabbitServer.shared();
        try (Services services = new Services(folder, "no-such-host")) {
            Program api = services.start(services.api());
            Program worker = services.start(services.worker());
            assertNames(api.awaitHealth("ready"), 200, "virtual host no-such-host", "RABBITMQ_VIRTUAL_HOST");
            assertNames(worker.awaitHealth("live"), 503, "virtual host no-such-host", "RABBITMQ_VIRTUAL_HOST");
        }
    }

    private Program.Builder standalone() {
        return Program.of("standalone").with("millrace.home", folder.resolve("home"));
    }

    private Program.Builder worker() {
        return Program.of("transcode-worker")
                .with("millrace.home", folder.resolve("home"))
                .env("RABBITMQ_PORT", "1");
    }

    private Program.Builder onS3(S3Server s3, String secret) {
        return worker().env("MILLRACE_STORE_KIND", "s3")
                .env("MILLRACE_STORE_S3_BUCKET", "media")
                .env("QUARKUS_S3_ENDPOINT_OVERRIDE", s3.endpoint().toString())
                .env("QUARKUS_S3_PATH_STYLE_ACCESS", "true")
                .env("AWS_ACCESS_KEY_ID", secret.isEmpty() ? "" : s3.accessKey())
                .env("AWS_SECRET_ACCESS_KEY", secret);
    }

    private Program.Builder onPostgres(String url, String password) {
        return Program.apiOnPostgres()
                .with("millrace.home", folder.resolve("home"))
                .env("QUARKUS_DATASOURCE_JDBC_URL", url)
                .env("QUARKUS_DATASOURCE_USERNAME", PostgresServer.ACCOUNT)
                .env("QUARKUS_DATASOURCE_PASSWORD", password);
    }

    private void assertRefused(Program.Builder builder, String... words) {
        Program program = builder.start(folder);
        try {
            Awaitility.await("the program gives up")
                    .atMost(END)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !program.handle().isAlive());
        } finally {
            program.close();
        }
        List<String> refusals = program.log()
                .lines()
                .filter(line -> line.startsWith("Millrace cannot start: "))
                .toList();
        assertThat(refusals).as(program.log()).hasSize(1);
        assertThat(refusals.getFirst()).contains(words);
        assertThat(program.exitCode()).isEqualTo(1);
        assertNoStackTrace(program);
    }

    private static void assertNames(Program program, int status, String... words) {
        HttpResponse<String> health = Awaitility.await("the broker has answered")
                .atMost(END)
                .until(
                        () -> program.client().get("/q/health/ready"),
                        it -> it.body().contains("RabbitMQ"));
        assertThat(health.statusCode()).isEqualTo(status);
        assertThat(health.body()).contains(words);
        assertThat(program.log().lines().filter(line -> line.contains(" WARN ") && line.contains("abbit")))
                .as(program.log())
                .singleElement()
                .satisfies(line -> assertThat(line).contains(words));
        assertNoStackTrace(program);
    }

    private static void assertNoStackTrace(Program program) {
        assertThat(program.log()).doesNotContainPattern("(?m)^\\s+at [\\w.$/@-]+\\(");
    }
}
