package millrace.doctor;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.product.Json;

/** What an installation knows of itself: store, broker, database, workers and their FFmpeg, and the time. */
final class Installation {

    private static final double CLOCK_NOTE = 5;
    private static final double CLOCK_WRONG = 60;

    private final Wire wire;

    Installation(Wire wire) {
        this.wire = wire;
    }

    List<Finding> look() throws IOException, InterruptedException {
        List<Finding> found = new ArrayList<>();
        HttpResponse<String> answer = wire.get("/q/health/ready");
        if (!(parsed(answer.body()) instanceof Map<?, ?> health) || !(health.get("checks") instanceof List<?> checks)) {
            found.add(Finding.note(
                    "health",
                    "/q/health/ready is answered with " + answer.statusCode() + " and without health",
                    "a proxy may hide it; call doctor on the machine of an API too"));
            return found;
        }
        for (Object entry : checks) {
            if (entry instanceof Map<?, ?> check) {
                Map<?, ?> data = check.get("data") instanceof Map<?, ?> map ? map : Map.of();
                boolean up = "UP".equals(check.get("status"));
                switch (String.valueOf(check.get("name"))) {
                    case "millrace" -> found.addAll(api(data));
                    case "Database connections health check" -> found.add(database(up, data));
                    case "worker can work" -> found.addAll(worker(data));
                    default -> {
                        // Checks of libraries, which say nothing that these do not.
                    }
                }
            }
        }
        found.add(clock());
        return found;
    }

    private static List<Finding> api(Map<?, ?> data) {
        String store = String.valueOf(data.get("store"));
        String broker = String.valueOf(data.get("broker"));
        boolean someWork = data.get("workers") instanceof Double workers && workers > 0;
        return List.of(
                store.equals("writable")
                        ? Finding.ok("store", "can be written to and deleted from")
                        : Finding.wrong(
                                "store",
                                store,
                                "MILLRACE_STORE_LOCAL_PATH, its disk and rights; of S3 MILLRACE_STORE_S3_BUCKET,"
                                        + " QUARKUS_S3_ENDPOINT_OVERRIDE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY"),
                broker.equals("reachable")
                        ? Finding.ok("broker", broker)
                        : Finding.wrong(
                                "broker",
                                broker,
                                broker.equals("away")
                                        ? "start RabbitMQ, or correct RABBITMQ_HOST and RABBITMQ_PORT"
                                        : "correct that setting, or the account at the broker"),
                someWork
                        ? Finding.ok(
                                "workers",
                                ((Double) data.get("workers")).intValue()
                                        + " live; each has tried its FFmpeg and its sandbox")
                        : Finding.wrong(
                                "workers",
                                "none is live",
                                "start one; if it ends, the last line of its log names the setting"));
    }

    private static Finding database(boolean up, Map<?, ?> data) {
        return up
                ? Finding.ok("database", "answers")
                : Finding.wrong(
                        "database",
                        "does not answer " + data,
                        "is it running? QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME, QUARKUS_DATASOURCE_PASSWORD");
    }

    private static List<Finding> worker(Map<?, ?> data) {
        List<Finding> found = new ArrayList<>();
        found.add(Finding.ok("ffmpeg", "version " + data.get("ffmpeg")));
        found.add(
                "limits".equals(data.get("sandbox"))
                        ? Finding.note(
                                "sandbox",
                                "limits only",
                                "install bubblewrap and allow user namespaces, unless a container confines it")
                        : Finding.ok("sandbox", String.valueOf(data.get("sandbox"))));
        return found;
    }

    /** Signed requests to S3, leases and links all need clocks that agree. */
    private Finding clock() throws IOException, InterruptedException {
        double before = System.currentTimeMillis() / 1000.0;
        String metrics = wire.get("/q/metrics").body();
        double after = System.currentTimeMillis() / 1000.0;
        double start = value(metrics, "process_start_time_seconds");
        double now = start + value(metrics, "process_uptime_seconds");
        if (Double.isNaN(now)) {
            return Finding.note("clock", "not tried: /q/metrics is not there", "call doctor on the machine of an API too");
        }
        double off = Math.max(0, Math.max(before - now, now - after));
        String what = "differs by %.0f s from this machine's".formatted(off);
        String mend = "let all machines take the time from NTP (chrony, systemd-timesyncd)";
        return off > CLOCK_WRONG
                ? Finding.wrong("clock", what, mend)
                : off > CLOCK_NOTE ? Finding.note("clock", what, mend) : Finding.ok("clock", "agrees with this machine's");
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Object parsed(String text) {
        try {
            return Json.parse(text);
        } catch (IOException e) {
            return null;
        }
    }
}
