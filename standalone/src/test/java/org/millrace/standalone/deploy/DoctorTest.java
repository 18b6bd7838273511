package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.standalone.deploy.Shell.Run;

/** The program behind {@code ./millrace doctor}, against answers that a well installation does not give. */
class DoctorTest {

    private FakeProduct product;

    @BeforeEach
    void start() throws Exception {
        product = new FakeProduct();
    }

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void what_the_installation_knows_to_be_wrong_is_told_with_its_remedy() throws Exception {
        product.at("/q/health", 503, """
                {"status":"DOWN","checks":[{"name":"millrace","status":"DOWN","data":{"store":"The bucket media is gone",
                "broker":"RabbitMQ refuses the account mill","workers":0,"degraded":true}},
                {"name":"Database connections health check","status":"DOWN","data":{"<default>":"refused"}},
                {"name":"worker can work","status":"UP","data":{"ffmpeg":"6.1","sandbox":"limits"}}]}
                """);
        Run run = doctor();
        assertThat(run.output().lines())
                .contains(
                        "WRONG  store     The bucket media is gone",
                        "WRONG  broker    RabbitMQ refuses the account mill",
                        "WRONG  workers   none is live",
                        "WRONG  database  does not answer {<default>=refused}",
                        "ok     ffmpeg    version 6.1",
                        "note   sandbox   limits only");
        assertThat(run.output()).contains("MILLRACE_STORE_S3_BUCKET", "QUARKUS_DATASOURCE_JDBC_URL");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void a_broker_that_is_away_is_told_apart_from_one_that_refuses() throws Exception {
        product.at("/q/health", 200, """
                {"checks":[{"name":"millrace","status":"UP","data":{"store":"writable","broker":"away","workers":2}}]}
                """);
        Run run = doctor();
        assertThat(run.output().lines())
                .contains("ok     store     can be written to and deleted from", "WRONG  broker    away");
        assertThat(run.output()).contains("RABBITMQ_HOST", "2 live");
    }

    @Test
    void a_clock_that_is_off_is_wrong() throws Exception {
        product.at("/q/health", 200, "{\"checks\":[]}");
        long start = Instant.now().getEpochSecond() - 1000;
        product.at("/q/metrics", 200, "process_start_time_seconds " + start + "\nprocess_uptime_seconds 600.5\n");
        assertThat(doctor().output())
                .containsPattern("WRONG  clock     differs by (399|400|401|40[2-9]) s")
                .contains("NTP");
    }

    @Test
    void a_name_that_is_not_allowed_names_the_setting() throws Exception {
        product.at("/api/v1/uploads", 400, "{\"type\":\"/errors#host-not-allowed\",\"detail\":\"Not this name.\"}");
        assertThat(doctor().output())
                .contains(
                        "WRONG  name      an upload is refused with 400: Not this name.",
                        "MILLRACE_HTTP_ALLOWED_HOSTS");
    }

    @Test
    void health_that_a_proxy_hides_is_no_fault_of_the_installation() throws Exception {
        product.at("/q/health", 404, "<html>");
        assertThat(doctor().output()).contains("note   health    /q/health/ready is answered with 404");
    }

    @Test
    void an_address_where_nothing_answers_is_said_at_once() throws Exception {
        product.close();
        Run run = doctor();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine()).startsWith("doctor: nothing answers at " + product.url());
    }

    @Test
    void what_the_launcher_does_not_understand_is_refused_with_a_sentence() throws Exception {
        Run run = Shell.run(Map.of(), List.of(Repository.file("millrace").toString(), "doctor", "--all"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine()).isEqualTo("millrace: doctor takes an address only: ./millrace doctor [--url URL]");
    }

    private Run doctor() throws Exception {
        return LauncherPrograms.run("millrace.doctor.Doctor", product.url());
    }
}
