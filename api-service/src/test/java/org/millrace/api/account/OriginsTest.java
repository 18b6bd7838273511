package org.millrace.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.HostAndPort;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginsTest {

    private final Origins origins = new Origins(Set.of("localhost", "127.0.0.1", "[::1]", "Videos.example.org"));

    @Test
    void a_host_is_allowed_by_name_whatever_its_port_and_case() {
        assertThat(origins.isAllowed(HostAndPort.create("localhost", 8080))).isTrue();
        assertThat(origins.isAllowed(HostAndPort.create("LOCALHOST", -1))).isTrue();
        assertThat(origins.isAllowed(HostAndPort.create("[::1]", 8080))).isTrue();
        assertThat(origins.isAllowed(HostAndPort.create("::1", 8080))).isTrue();
        assertThat(origins.isAllowed(HostAndPort.create("videos.example.org", 443)))
                .isTrue();
        assertThat(origins.isAllowed(HostAndPort.create("evil.example.org", 443)))
                .isFalse();
        assertThat(origins.isAllowed(HostAndPort.create("localhost.evil.example", 80)))
                .isFalse();
        assertThat(origins.isAllowed(null)).isFalse();
    }

    @Test
    void a_star_allows_every_name_but_not_none() {
        Origins open = new Origins(Set.of("*"));
        assertThat(open.isAllowed(HostAndPort.create("anything.example", 80))).isTrue();
        assertThat(open.isAllowed(null)).isFalse();
    }

    @Test
    void an_address_cannot_be_rebound_a_name_can() {
        assertThat(Origins.isAddress(HostAndPort.create("192.168.1.5", 8080))).isTrue();
        assertThat(Origins.isAddress(HostAndPort.create("[fd00::5]", 8080))).isTrue();
        assertThat(Origins.isAddress(HostAndPort.create("10.0.0.1.evil.example", 80)))
                .isFalse();
        assertThat(Origins.isAddress(null)).isFalse();
    }

    @Test
    void an_origin_is_own_if_host_and_port_are_those_of_the_request() {
        HostAndPort here = HostAndPort.create("localhost", 8080);
        assertThat(Origins.isOwn("http://localhost:8080", here)).isTrue();
        assertThat(Origins.isOwn("http://LOCALHOST:8080", here)).isTrue();
        assertThat(Origins.isOwn("http://localhost:8081", here)).isFalse();
        assertThat(Origins.isOwn("http://localhost", here)).isFalse();
        assertThat(Origins.isOwn("http://127.0.0.1:8080", here)).isFalse();
        assertThat(Origins.isOwn("null", here)).isFalse();
        assertThat(Origins.isOwn("", here)).isFalse();
        assertThat(Origins.isOwn("http://localhost:8080@evil.example", here)).isFalse();
        assertThat(Origins.isOwn("not a uri", here)).isFalse();
    }

    @Test
    void a_proxy_that_takes_off_tls_does_not_make_pages_foreign() {
        HostAndPort here = HostAndPort.create("videos.example.org", -1);
        assertThat(Origins.isOwn("https://videos.example.org", here)).isTrue();
        assertThat(Origins.isOwn("https://videos.example.org:8443", here)).isFalse();
    }
}
