package millrace.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends a large upload by tus, stops in its middle, looks whether what was sent has arrived by then, and gives it up
 * before it would become a video. So it sees names, limits and buffers of whatever stands before the API.
 */
final class Uploading {

    private static final String TUS = "1.0.0";
    private static final int LENGTH = 48 << 20;
    private static final int SENT = LENGTH - 1;
    private static final int PAUSE_AT = 16 << 20;
    private static final int PATIENCE_SECONDS = 10;
    private static final String NGINX = "compare the proxy with deploy/nginx.conf (%s) or k8s/base/ingress.yaml";

    private final Wire wire;

    Uploading(Wire wire) {
        this.wire = wire;
    }

    List<Finding> look() throws IOException, InterruptedException {
        HttpResponse<String> announced = wire.send(
                "POST",
                wire.server().resolve("/api/v1/uploads"),
                BodyPublishers.noBody(),
                "Tus-Resumable",
                TUS,
                "Upload-Length",
                Integer.toString(LENGTH),
                "Upload-Metadata",
                "filename ZG9jdG9yLm1wNA==");
        if (announced.statusCode() != 201) {
            return List.of(refused(announced));
        }
        URI upload = wire.server().resolve(announced.headers().firstValue("Location").orElse("/"));
        List<Finding> found = new ArrayList<>();
        found.add(Finding.ok("name", "uploads are taken under " + wire.server().getAuthority()));
        if (!upload.getAuthority().equals(wire.server().getAuthority())) {
            found.add(Finding.wrong(
                    "name",
                    "the API believes that its name is " + upload.getAuthority(),
                    NGINX.formatted("proxy_set_header Host $http_host")));
            return found;
        }
        try {
            found.addAll(send(upload));
        } finally {
            wire.send("DELETE", upload, BodyPublishers.noBody(), "Tus-Resumable", TUS);
        }
        return found;
    }

    private static Finding refused(HttpResponse<String> announced) {
        boolean named = announced.body().contains("host-not-allowed");
        return Finding.wrong(
                named ? "name" : "upload",
                "an upload is refused with " + Wire.told(announced),
                named
                        ? "add the name to MILLRACE_HTTP_ALLOWED_HOSTS, and let the proxy pass Host on as it came"
                        : "the sentence says what; does the proxy pass POST and the headers Upload-* and Tus-* on?");
    }

    private List<Finding> send(URI upload) throws IOException, InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<HttpResponse<String>> patch = CompletableFuture.supplyAsync(() -> {
            try {
                return wire.send(
                        "PATCH",
                        upload,
                        body(goOn),
                        "Tus-Resumable",
                        TUS,
                        "Upload-Offset",
                        "0",
                        "Content-Type",
                        "application/offset+octet-stream");
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
        boolean arrived = false;
        try {
            for (int i = 0; i < PATIENCE_SECONDS * 4 && !arrived && !patch.isDone(); i++) {
                Thread.sleep(250);
                arrived = offset(upload) > 0;
            }
        } finally {
            goOn.countDown();
        }
        List<Finding> found = new ArrayList<>();
        try {
            HttpResponse<String> answer = patch.get();
            found.add(size(answer));
            if (answer.statusCode() == 204) {
                found.add(buffer(arrived));
            }
        } catch (ExecutionException e) {
            found.add(Finding.wrong(
                    "body",
                    "a body of 48 MiB breaks off: " + e.getCause().getMessage(),
                    NGINX.formatted("client_max_body_size 0")));
        }
        return found;
    }

    private static Finding size(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 204 -> Finding.ok("body", "a request of 48 MiB is let through");
            case 413 -> Finding.wrong(
                    "body", "a request of 48 MiB is refused with 413", NGINX.formatted("client_max_body_size 0"));
            default -> Finding.wrong(
                    "body",
                    "a request of 48 MiB is answered with " + Wire.told(answer),
                    "a 502 or 504 comes from the proxy (its timeouts); otherwise the sentence says what");
        };
    }

    private static Finding buffer(boolean arrived) {
        return arrived
                ? Finding.ok("buffer", "bytes of an upload arrive while it goes on")
                : Finding.note(
                        "buffer",
                        "no byte arrives before the whole request is sent: an upload that breaks off loses it",
                        NGINX.formatted("proxy_request_buffering off"));
    }

    private long offset(URI upload) throws IOException, InterruptedException {
        return wire.send("HEAD", upload, BodyPublishers.noBody(), "Tus-Resumable", TUS)
                .headers()
                .firstValueAsLong("Upload-Offset")
                .orElse(0);
    }

    /** Zeros, the later part of which comes only when the latch opens. */
    private static BodyPublisher body(CountDownLatch goOn) {
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new InputStream() {
                    private int sent;

                    @Override
                    public int read() {
                        throw new UnsupportedOperationException("read in blocks");
                    }

                    @Override
                    public int read(byte[] buffer, int from, int length) throws IOException {
                        if (sent == SENT) {
                            return -1;
                        }
                        if (sent >= PAUSE_AT) {
                            await(goOn);
                        }
                        int count = Math.min(length, SENT - sent);
                        Arrays.fill(buffer, from, from + count, (byte) 0);
                        sent += count;
                        return count;
                    }
                }),
                SENT);
    }

    private static void await(CountDownLatch goOn) throws IOException {
        try {
            if (!goOn.await(2L * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the check of the upload did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
