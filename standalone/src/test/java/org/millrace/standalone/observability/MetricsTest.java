package org.millrace.standalone.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;

/** After one video has gone its way, everything that is documented, drawn or alarmed about is there. */
@QuarkusTest
class MetricsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path FILES = ROOT.resolve("deploy/observability");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(millrace_[a-z_]+)`");
    private static final Pattern METRIC = Pattern.compile("\\b(millrace|http_server|jvm|process)_[a-z_]+\\b");

    private static Scrape scrape;
    private static long uploaded;

    @TestHTTPResource("/")
    URI server;

    @TempDir
    static Path folder;

    @BeforeEach
    void let_one_video_go_its_way() throws IOException {
        if (scrape == null) {
            Client client = new Client(server);
            Path clip = Clips.webm(folder, "clip", 3);
            uploaded = Files.size(clip);
            JsonNode video = client.awaitEnd(client.upload(clip), Duration.ofSeconds(90));
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");
            // Rows of workers are made anew every 5 s; a short clip may be done before the first.
            scrape = Awaitility.await("the worker is counted")
                    .until(
                            () -> new Scrape(client.get("/q/metrics").body()),
                            it -> it.text().contains("millrace_worker_alive{"));
        }
    }

    @Test
    void what_the_documentation_lists_is_what_the_application_tells() throws IOException {
        Set<String> listed = new TreeSet<>();
        ROW.matcher(Files.readString(ROOT.resolve("docs/metrics.md")))
                .results()
                .forEach(row -> listed.add(row.group(1)));
        assertThat(scrape.families()).isEqualTo(listed);
    }

    @Test
    void every_metric_that_the_dashboard_draws_exists() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(FILES.resolve("grafana-dashboard.json")));
        assertThat(dashboard.findValuesAsText("expr"))
                .hasSizeGreaterThan(10)
                .allSatisfy(query -> assertThat(scrape.samples()).containsAll(metricsIn(query)));
    }

    @Test
    void every_metric_that_an_alert_watches_exists_and_every_alert_says_what_to_do() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(Files.readString(FILES.resolve("alerts.yaml")));
        String troubleshooting = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
        JsonNode alerts = rules.at("/groups/0/rules");
        assertThat(alerts).hasSizeGreaterThan(5).allSatisfy(alert -> {
            String query = alert.get("expr").asText();
            assertThat(metricsIn(query)).isNotEmpty();
            assertThat(scrape.samples()).containsAll(metricsIn(query));
            assertThat(alert.at("/annotations/summary").asText()).endsWith(".");
            assertThat(alert.at("/annotations/runbook").asText()).startsWith("docs/troubleshooting.md#");
            String anchor = alert.at("/annotations/runbook").asText().replaceAll(".*#", "");
            assertThat(anchorsOf(troubleshooting)).contains(anchor);
        });
    }

    @Test
    void a_metric_that_nobody_tells_is_missed() {
        assertThat(scrape.samples()).doesNotContainAnyElementsOf(metricsIn("sum(millrace_tasks_waitng)"));
    }

    @Test
    void the_figures_are_those_of_the_video() {
        assertThat(scrape.value("millrace_upload_bytes_total")).isEqualTo(uploaded);
        assertThat(scrape.value("millrace_stored_bytes{what=\"source\"}")).isGreaterThanOrEqualTo(0);
        assertThat(scrape.value("millrace_first_playable_seconds_count")).isEqualTo(1);
        assertThat(scrape.value("millrace_first_playable_seconds_sum")).isBetween(0.05, 60.0);
        assertThat(scrape.value("millrace_ready_seconds_count")).isEqualTo(1);
        assertThat(scrape.value("millrace_attempts_total{code=\"\",result=\"succeeded\"}"))
                .isGreaterThan(3);
        assertThat(scrape.value("millrace_attempts_total{code=\"\",result=\"lost\"}"))
                .isZero();
        assertThat(scrape.value("millrace_task_seconds_count{kind=\"encode chunk\",result=\"succeeded\"}"))
                .isPositive();
        assertThat(scrape.value("millrace_tasks_waiting{lane=\"bulk\"}")).isZero();
        assertThat(scrape.value("millrace_workers")).isEqualTo(1);
        assertThat(scrape.value("millrace_slots{lane=\"bulk\"}")).isPositive();
    }

    @Test
    void a_worker_says_at_which_level_its_sandbox_is() {
        assertThat(scrape.text().lines().filter(line -> line.startsWith("millrace_worker_alive{")))
                .singleElement()
                .asString()
                .containsPattern("sandbox=\"(bubblewrap|namespaces|limits)\"")
                .endsWith(" 1.0");
    }

    private static Set<String> metricsIn(String query) {
        Set<String> names = new TreeSet<>();
        METRIC.matcher(query).results().forEach(found -> names.add(found.group()));
        return names;
    }

    private static Set<String> anchorsOf(String markdown) {
        Set<String> anchors = new TreeSet<>();
        markdown.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .forEach(anchors::add);
        return anchors;
    }
}
