package org.millrace.standalone.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that answers as the API does, with what a test prepared for each file: the launcher's programs are tried against
 * answers that a right product never gives.
 */
final class FakeProduct implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("filename=\"([^\"]+)\"");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final HttpServer server;
    private final Map<String, String> videos = new HashMap<>();
    private final Map<String, String> reports = new HashMap<>();
    private final Map<String, String> objects = new HashMap<>();
    private final Map<String, AtomicInteger> polls = new ConcurrentHashMap<>();
    private volatile String checked;

    FakeProduct() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/videos", this::videos);
        server.createContext("/media/", this::media);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The JSON that describes the video made from a file, after one answer that says it is still processed. */
    void video(String file, String json) {
        videos.put(file, json);
    }

    /** The JSON that says what was done to a file, which otherwise became one rendition. */
    void report(String file, String json) {
        reports.put(file, json);
    }

    /** The lines that a check of the library is answered with; {@code cut} ends the connection in the middle. */
    void check(String lines, boolean cut) {
        server.createContext("/api/v1/verify", exchange -> {
            byte[] body = lines.getBytes(StandardCharsets.UTF_8);
            checked =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getQuery();
            exchange.sendResponseHeaders(200, body.length + (cut ? 1 : 0));
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    /** What everything under a path is answered with, however it is asked. */
    void at(String path, int status, String text) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, status, text);
        });
    }

    /** What a path is answered with at the moment it is asked. */
    void at(String path, Supplier<String> text) {
        server.createContext(path, exchange -> answer(exchange, 200, text.get()));
    }

    /** How the check was asked for. */
    String checked() {
        return checked;
    }

    /** The text at a path; ranges are honoured unless the path ends in {@code .whole}. */
    void object(String path, String text) {
        objects.put(path, text);
    }

    private void videos(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            Matcher name = NAME.matcher(form);
            if (!form.contains("name=\"file\"") || !name.find()) {
                answer(exchange, 400, "{}");
            } else if (videos.get(name.group(1)).startsWith("{\"type\"")) {
                answer(exchange, 422, videos.get(name.group(1)));
            } else {
                answer(exchange, 201, "{\"id\":\"" + name.group(1) + "\"}");
            }
            return;
        }
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/attempts")) {
            answer(
                    exchange,
                    200,
                    "[{\"worker\":\"a\",\"state\":\"SUCCEEDED\"},{\"worker\":\"b\",\"state\":\"HANDED_BACK\"}]");
            return;
        }
        if (path.endsWith("/report")) {
            String file = path.split("/")[4];
            answer(exchange, 200, reports.getOrDefault(file, "{\"renditions\":[{\"name\":\"180p\"}]}"));
            return;
        }
        String id = path.replaceFirst(".*/", "");
        boolean first = polls.computeIfAbsent(id, unused -> new AtomicInteger()).getAndIncrement() == 0;
        answer(exchange, 200, first ? "{\"id\":\"" + id + "\",\"state\":\"PROCESSING\"}" : videos.get(id));
    }

    private void media(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!objects.containsKey(path)) {
            answer(exchange, 404, "");
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher bytes = RANGE.matcher(range == null ? "" : range);
        if (path.endsWith(".whole") || !bytes.matches()) {
            answer(exchange, 200, objects.get(path));
            return;
        }
        byte[] all = objects.get(path).getBytes(StandardCharsets.UTF_8);
        int from = Integer.parseInt(bytes.group(1));
        int to = Math.min(all.length, Integer.parseInt(bytes.group(2)) + 1);
        answer(exchange, 206, new String(Arrays.copyOfRange(all, from, Math.max(from, to)), StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
