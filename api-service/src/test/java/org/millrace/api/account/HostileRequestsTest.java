package org.millrace.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.millrace.api.testing.HostileRequests;
import org.millrace.api.testing.RawHttp;

/** Whatever is asked, the server answers as if it had been asked politely: it never breaks and never says how it is made. */
@QuarkusTest
class HostileRequestsTest {

    private static final int REQUESTS = 5_000;
    private static final long SEED = 20261128;

    @TestHTTPResource
    URI server;

    @Test
    void five_thousand_hostile_requests_break_nothing_and_learn_nothing() throws IOException {
        HostileRequests requests = new HostileRequests(SEED);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            HostileRequests.Request request = requests.next();
            RawHttp.Answer answer = answer(request);
            if (answer == null) {
                continue;
            }
            statuses.merge(answer.status(), 1, Integer::sum);
            String told = "request " + i + " of seed " + SEED + ":\n" + request.text();
            assertThat(answer.status()).as(told).isLessThan(500);
            assertThat(answer.body())
                    .as(told)
                    .doesNotContain("root:x:0", "\tat ", "Exception", "java.", "io.quarkus", "<script>alert(1)");
            assertThat(answer.headers()).as(told).doesNotContainKey("set-cookie");
        }
        // What was asked was worth asking: some was answered well, and every way of refusing was met.
        assertThat(statuses).containsKeys(200, 400, 403, 404, 405);
        try (RawHttp http = new RawHttp(server)) {
            http.head("GET / HTTP/1.1", "Host: 127.0.0.1", "Connection: close");
            assertThat(http.answer().status()).isEqualTo(200);
        }
    }

    /** What was answered; null if the sender left before, or was thrown out without a word. */
    private RawHttp.Answer answer(HostileRequests.Request request) throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            http.bytes(request.text().getBytes(StandardCharsets.ISO_8859_1));
            return request.whole() ? http.answer() : null;
        } catch (SocketException thrownOut) {
            return null;
        }
    }
}
