package millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.product.Http;

/** Random ranges of one file, served by the product and by nginx from the same disk, in turns. */
final class Serving {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: |Socket errors: ");
    private static final int LARGE = 1 << 20;
    private static final int SMALL = 200_000;

    private final Setting setting;

    Serving(Setting setting) {
        this.setting = setting;
    }

    /** The rows that are wanted, with nginx serving the copy. */
    List<Figure> compare(URI ours, Path copy, Set<Row> wanted) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (String tool : List.of("nginx", "wrk")) {
            if (!isInstalled(tool)) {
                for (Row row : List.of(Row.SERVING, Row.SERVING_SMALL)) {
                    figures.add(Figure.missing(row, tool + " is not installed: apt-get install nginx-light wrk"));
                }
                return figures.stream().filter(figure -> wanted.contains(figure.row())).toList();
            }
        }
        int port = OwnProduct.freePort();
        Path folder = setting.folder("nginx");
        Path settings = Files.writeString(folder.resolve("nginx.conf"), nginx(folder, copy.getParent(), port));
        Process nginx = Runs.start(
                List.of("nginx", "-p", folder.toString(), "-c", settings.toString()), folder.resolve("out"));
        Runtime.getRuntime().addShutdownHook(new Thread(nginx::destroy));
        try {
            URI theirs = URI.create("http://127.0.0.1:" + port + "/" + copy.getFileName());
            await(theirs);
            if (wanted.contains(Row.SERVING)) {
                figures.add(row(Row.SERVING, ours, theirs, copy, LARGE));
            }
            if (wanted.contains(Row.SERVING_SMALL)) {
                figures.add(row(Row.SERVING_SMALL, ours, theirs, copy, SMALL));
            }
            return figures;
        } finally {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Figure row(Row row, URI ours, URI theirs, Path copy, int length) throws IOException, InterruptedException {
        Path script = Files.writeString(
                setting.folder("wrk").resolve("ranges.lua"), script(Files.size(copy) - length, length));
        List<Double> product = new ArrayList<>();
        List<Double> nginx = new ArrayList<>();
        rate(ours, script, 1);
        for (int round = 0; round < setting.rounds(); round++) {
            product.add(rate(ours, script, setting.quick() ? 3 : 8));
            nginx.add(rate(theirs, script, setting.quick() ? 3 : 8));
        }
        String note = String.format(
                Locale.ROOT,
                "%.0f to %.0f requests/s, %.2f to %.2f GB/s, 16 connections",
                Statistics.median(product),
                Statistics.median(nginx),
                Statistics.median(product) * length / 1e9,
                Statistics.median(nginx) * length / 1e9);
        return Figure.of(row, Statistics.ratio(product, nginx), note);
    }

    private static double rate(URI address, Path script, int seconds) throws IOException, InterruptedException {
        return rate(Runs.output(List.of(
                "wrk", "-t1", "-c16", "-d" + seconds + "s", "-s", script.toString(), address.toString())));
    }

    /** Requests in a second, from what wrk prints; answers that are none are an {@link IOException}. */
    static double rate(String printed) throws IOException {
        Matcher rate = RATE.matcher(printed);
        if (!rate.find() || REFUSED.matcher(printed).find()) {
            throw new IOException("wrk was not served: " + printed.strip());
        }
        return Double.parseDouble(rate.group(1));
    }

    private static String script(long last, int length) {
        return String.format(
                Locale.ROOT,
                "request = function()%n  local from = math.random(0, %d)%n"
                        + "  wrk.headers[\"Range\"] = \"bytes=\" .. from .. \"-\" .. (from + %d)%n"
                        + "  return wrk.format(\"GET\")%nend%n",
                last,
                length - 1);
    }

    private static String nginx(Path folder, Path root, int port) {
        // As root its workers would be somebody who may not read a temporary folder.
        String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
        return user + """
                daemon off;
                worker_processes 2;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 256; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 1000000;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server { listen 127.0.0.1:%3$d; root %2$s; }
                }
                """.formatted(folder, root, port);
    }

    private static void await(URI address) throws IOException, InterruptedException {
        Http http = new Http(address);
        for (int i = 0; ; i++) {
            try {
                http.range(address, 0, 1);
                return;
            } catch (IOException e) {
                if (i == 100) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
