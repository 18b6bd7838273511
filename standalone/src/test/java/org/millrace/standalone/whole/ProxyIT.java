package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Nginx;
import org.millrace.standalone.testbed.Program;

/** Limits for each client behind a real nginx with the configuration that is shipped. */
class ProxyIT {

    private static final int ALLOWED = 3;

    @TempDir
    static Path folder;

    private static Program millrace;
    private static Nginx nginx;

    @BeforeAll
    static void start() {
        millrace = Program.of("standalone")
                .with("millrace.home", folder.resolve("home"))
                .with("millrace.limits.uploads", ALLOWED)
                .with("quarkus.http.proxy.proxy-address-forwarding", true)
                .with("quarkus.http.proxy.allow-x-forwarded", true)
                .with("quarkus.http.proxy.enable-forwarded-host", true)
                .with("quarkus.http.proxy.trusted-proxies", "127.0.0.1")
                .start(folder)
                .awaitHealth("ready");
        nginx = Nginx.before(folder, List.of(millrace.address()));
    }

    @AfterAll
    static void stop() {
        nginx.close();
        millrace.close();
    }

    @Test
    void clients_are_told_apart_by_their_own_addresses_whatever_they_say_of_themselves() throws Exception {
        for (int i = 0; i < ALLOWED; i++) {
            assertThat(begin(nginx.address(), "127.0.0.2", "203.0.113." + i).statusCode())
                    .isEqualTo(201);
        }

        HttpResponse<String> refused = begin(nginx.address(), "127.0.0.2", "203.0.113.99");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(begin(nginx.address(), "127.0.0.3", "203.0.113.99").statusCode())
                .isEqualTo(201);
    }

    @Test
    void who_is_no_trusted_proxy_is_not_believed() throws Exception {
        for (int i = 0; i < ALLOWED; i++) {
            assertThat(begin(millrace.address(), "127.0.0.4", "203.0.113." + i).statusCode())
                    .isEqualTo(201);
        }

        assertThat(begin(millrace.address(), "127.0.0.4", "203.0.113.99").statusCode())
                .isEqualTo(429);
    }

    /** Begins an upload as a page of the server would, and says to come from elsewhere. */
    private static HttpResponse<String> begin(URI server, String from, String said)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(from))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(server.resolve("/api/v1/uploads"))
                            .header("Tus-Resumable", "1.0.0")
                            .header("Upload-Length", "1000")
                            .header("Origin", "http://" + server.getAuthority())
                            .header("X-Forwarded-For", said)
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
