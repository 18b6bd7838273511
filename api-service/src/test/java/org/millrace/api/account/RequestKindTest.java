package org.millrace.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestKindTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/uploads, UPLOAD",
        "POST, /api/v1/uploads/, UPLOAD",
        "POST, /api/v1/uploads;a=b, UPLOAD",
        "POST, /api/v1/direct-uploads, UPLOAD",
        "POST, /api/v1/videos, UPLOAD",
        "POST, /upload, UPLOAD",
        "PATCH, /api/v1/uploads/0a1b, FREE",
        "POST, /api/v1/uploads/0a1b, FREE",
        "HEAD, /api/v1/uploads/0a1b, FREE",
        "DELETE, /api/v1/uploads/0a1b, FREE",
        "POST, /api/v1/direct-uploads/0a1b/addresses, FREE",
        "POST, /api/v1/direct-uploads/0a1b/complete, FREE",
        "OPTIONS, /api/v1/uploads, FREE",
        "GET, /media/0a1b/1/master.m3u8, FREE",
        "HEAD, /media/0a1b/1/master.m3u8, FREE",
        "GET, /assets/upload.js, FREE",
        "GET, /q/health/live, FREE",
        "GET, /api/v1/videos/0a1b, FREE",
        "GET, /, READ",
        "GET, /jobs, READ",
        "GET, /watch/0a1b, READ",
        "GET, /api/v1/videos, READ",
        "GET, /api/v1/videos/0a1b/report, READ",
        "GET, /api/v1/events, READ",
        "GET, /api/v1/videos/0a1b/events, READ",
        "GET, /no/such/thing, READ",
        "PATCH, /api/v1/videos/0a1b, CHANGE",
        "POST, /api/v1/videos/0a1b/encode-again, CHANGE",
        "POST, /api/v1/videos/0a1b/retry, CHANGE",
        "POST, /watch/0a1b/retry, CHANGE",
        "POST, /api/v1/verify, CHANGE",
        "POST, /jobs/dead-letters/retry, CHANGE",
        "POST, /media/0a1b, CHANGE",
        "POST, /api/v1/upload%73, CHANGE",
        "TRACE, /, CHANGE",
    })
    void it_is(String method, String path, RequestKind kind) {
        assertThat(RequestKind.of(HttpMethod.valueOf(method), RequestKind.plain(path)))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/events, true",
        "GET, /api/v1/videos/0a1b/events, true",
        "GET, /api/v1/videos/0a1b, false",
        "POST, /api/v1/events, false",
    })
    void it_stays_for_long(String method, String path, boolean stream) {
        assertThat(RequestKind.isStream(HttpMethod.valueOf(method), path)).isEqualTo(stream);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002::/64",
        "2001:db8:1:2::, 20010db800010002::/64",
        "2001:db8:1:3::1, 20010db800010003::/64",
        "::1, 0000000000000000::/64",
        "::ffff:203.0.113.7, 203.0.113.7",
        "unknown, unknown",
    })
    void a_client_is(String address, String client) {
        assertThat(ClientAddress.of(address)).isEqualTo(client);
    }
}
