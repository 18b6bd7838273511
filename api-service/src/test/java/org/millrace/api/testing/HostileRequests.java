package org.millrace.api.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.millrace.model.id.UploadId;
import org.millrace.model.id.VideoId;

/** Requests as nobody honest sends them: known routes with parts that are torn, doubled, swapped and stuffed. */
public final class HostileRequests {

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "POST", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "PROPFIND", "get");

    private static final List<String> ROUTES = List.of(
            "/",
            "/upload",
            "/jobs",
            "/jobs/dead-letters/retry",
            "/jobs/dead-letters/delete",
            "/watch/{v}",
            "/watch/{v}/cancel",
            "/watch/{v}/retry",
            "/watch/{v}/delete",
            "/watch/{v}/encode-again",
            "/watch/{v}/poster",
            "/watch/{v}/report",
            "/api/v1/videos",
            "/api/v1/videos/{v}",
            "/api/v1/videos/{v}/attempts",
            "/api/v1/videos/{v}/cancel",
            "/api/v1/videos/{v}/retry",
            "/api/v1/uploads",
            "/api/v1/uploads/{u}",
            "/api/v1/direct-uploads",
            "/api/v1/direct-uploads/{u}",
            "/api/v1/direct-uploads/{u}/addresses",
            "/api/v1/direct-uploads/{u}/complete",
            "/api/v1/verify",
            "/media/{v}/1/240p.mp4",
            "/media/{v}/1/240p/3.m4s",
            "/media/{v}/master.m3u8",
            "/q/health",
            "/q/metrics",
            "/q/openapi",
            "/assets/app.css",
            "/favicon.ico");

    private static final List<String> STUFFING = List.of(
            "..",
            "%2e%2e%2f",
            "..%5c",
            "%00",
            "%0d%0aSet-Cookie:%20a=b",
            "%ff%fe",
            "%c0%af",
            "%",
            "%zz",
            "//",
            "\\",
            ";a=b",
            "?a=%00",
            "?sort=';drop%20table%20video;--",
            "?limit=-1",
            "?limit=99999999999999999999",
            "?cursor=AAAA",
            "#x",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "{{7*7}}",
            "${jndi:ldap://127.0.0.1/a}",
            "%F0%9F%8E%AC",
            "etc/passwd",
            "file:///etc/passwd",
            "A".repeat(3000));

    private static final List<String> NAMES = List.of(
            "Range",
            "If-Range",
            "If-None-Match",
            "If-Modified-Since",
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Content-Type",
            "Cookie",
            "Origin",
            "Referer",
            "Sec-Fetch-Site",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "Forwarded",
            "Tus-Resumable",
            "Upload-Length",
            "Upload-Offset",
            "Upload-Metadata",
            "Upload-Checksum",
            "Upload-Concat",
            "Upload-Defer-Length",
            "X-HTTP-Method-Override",
            "Authorization",
            "Last-Event-ID",
            "HX-Request",
            "traceparent",
            "Expect",
            "TE",
            "Upgrade");

    private static final List<String> VALUES = List.of(
            "",
            "0",
            "-1",
            "1",
            "1.0.0",
            "99999999999999999999",
            "NaN",
            "bytes=0-",
            "bytes=-0",
            "bytes=5-2",
            "bytes=0-0,1-1,2-2,3-3",
            "bytes=99999999999999999999-",
            "items=1-2",
            "*",
            "\"x\"",
            "W/\"",
            "*/*;q=9",
            "text/html",
            "application/json",
            "application/offset+octet-stream",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "text/event-stream",
            "null",
            "http://127.0.0.1.evil.example",
            "cross-site",
            "same-origin",
            "final;/files/a",
            "sha1 AAAA",
            "md5 !",
            "filename ../../etc/passwd",
            "filename ,,",
            "a b,c d,e",
            "00-0-0-00",
            "100-continue",
            "trailers",
            "websocket",
            "gzip;q=0, *;q=0",
            "x".repeat(5000),
            "\u00fc\u00df",
            "a\tb",
            "() { :; }; echo x");

    private final Random random;

    /** Requests that are the same for the same seed. */
    public HostileRequests(long seed) {
        random = new Random(seed);
    }

    /**
     * A request.
     *
     * @param text head and body as they go over the wire, one byte for each character
     * @param whole whether as much of a body comes as is announced; the sender of another leaves without waiting
     */
    public record Request(String text, boolean whole) {}

    /** The next request. */
    public Request next() {
        List<String> lines = new ArrayList<>();
        lines.add(one(METHODS) + " " + target() + " " + (random.nextInt(60) == 0 ? "HTTP/1.0" : "HTTP/1.1"));
        lines.add("Host: " + (random.nextInt(20) == 0 ? one(VALUES) : "127.0.0.1"));
        lines.add("Connection: close");
        for (int i = random.nextInt(5); i > 0; i--) {
            lines.add(one(NAMES) + ": " + value());
        }
        String body = random.nextInt(3) == 0 ? body() : "";
        boolean whole = random.nextInt(15) != 0;
        if (!body.isEmpty() || !whole) {
            lines.add("Content-Length: " + (whole ? body.length() : body.length() + 1 + random.nextInt(1 << 20)));
        }
        return new Request(String.join("\r\n", lines) + "\r\n\r\n" + body, whole);
    }

    private String target() {
        String route = one(ROUTES)
                .replace(
                        "{v}",
                        random.nextInt(4) == 0
                                ? one(STUFFING)
                                : VideoId.random().value())
                .replace(
                        "{u}",
                        random.nextInt(4) == 0
                                ? one(STUFFING)
                                : UploadId.random().value());
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(route.length() + 1);
            route = route.substring(0, at) + one(STUFFING) + route.substring(at);
        }
        return (route.startsWith("/") ? route : "/" + route).replace(" ", "+");
    }

    private String value() {
        if (random.nextInt(6) > 0) {
            return one(VALUES);
        }
        byte[] noise = new byte[random.nextInt(60)];
        random.nextBytes(noise);
        return "filename " + Base64.getEncoder().encodeToString(noise);
    }

    private String body() {
        return switch (random.nextInt(5)) {
            case 0 -> "{\"title\": ";
            case 1 -> "{\"title\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
            case 2 ->
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a\"\r\n\r\nx\r\n--x--\r\n";
            case 3 -> "title=%00&title=" + one(STUFFING) + "&preset=" + one(VALUES);
            default -> {
                byte[] noise = new byte[random.nextInt(2000)];
                random.nextBytes(noise);
                yield new String(noise, StandardCharsets.ISO_8859_1);
            }
        };
    }

    private String one(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
