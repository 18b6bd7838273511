package org.millrace.api.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.millrace.api.testing.TusClient.UPLOADS;
import static org.millrace.api.testing.TusClient.tus;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.millrace.api.testing.RawHttp;
import org.millrace.api.testing.TusClient;

/** A server that lets each client do little, behind a proxy on this machine that it trusts. */
@QuarkusTest
@TestProfile(LimitsTest.Strict.class)
class LimitsTest {

    @TestHTTPResource("/")
    URI server;

    /** Limits that a test can reach. */
    public static class Strict implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "millrace.limits.uploads", "2",
                    "millrace.limits.changes", "2",
                    "millrace.limits.reads", "40",
                    "millrace.limits.streams", "2",
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.allow-x-forwarded", "true",
                    "quarkus.http.proxy.enable-forwarded-host", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        }
    }

    @Test
    void who_begins_too_many_uploads_is_told_when_to_go_on_and_nobody_else_is() {
        String address = "203.0.113.1";
        for (int i = 0; i < 2; i++) {
            begin(address).then().statusCode(201);
        }

        Response refused = begin(address);
        refused.then()
                .statusCode(429)
                .body("code", equalTo("too-many-requests"))
                .body("detail", containsString("Too many uploads were begun from your address"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        begin("203.0.113.2").then().statusCode(201);
    }

    @Test
    void uploads_that_were_let_in_go_on_however_often_their_sender_comes() {
        String address = "203.0.113.3";
        String upload = begin(address).header("Location");
        begin(address);
        begin(address).then().statusCode(429);

        for (int offset = 0; offset < 20; offset++) {
            tus().header("X-Forwarded-For", address)
                    .header("Upload-Offset", offset)
                    .contentType(TusClient.BYTES)
                    .body(new byte[1])
                    .patch(upload)
                    .then()
                    .statusCode(204);
        }
    }

    @Test
    void pages_may_send_whatever_scheme_the_proxy_tells() {
        String own = "http://localhost:" + server.getPort();
        for (String scheme : List.of("http", "https")) {
            tus().header("X-Forwarded-For", "203.0.113.10")
                    .header("X-Forwarded-Proto", scheme)
                    .header("X-Forwarded-Host", "localhost:" + server.getPort())
                    .header("Origin", own)
                    .header("Upload-Length", 100)
                    .post(UPLOADS)
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void forms_count_as_uploads_and_are_refused_before_their_first_byte() throws IOException {
        String address = "203.0.113.4";
        for (int i = 0; i < 2; i++) {
            begin(address);
        }
        for (String path : List.of("/api/v1/videos", "/upload", "/api/v1/videos/", "//upload", "/x/../upload")) {
            try (RawHttp http = new RawHttp(server)) {
                RawHttp.Answer answer = http.head(
                                "POST " + path + " HTTP/1.1",
                                "Host: localhost",
                                "X-Forwarded-For: " + address,
                                "Content-Type: multipart/form-data; boundary=edge",
                                "Content-Length: 100000")
                        .answer();
                assertThat(answer.status()).as(path).isEqualTo(429);
                assertThat(answer.headers()).containsKey("retry-after");
            }
        }
    }

    @Test
    void who_lets_the_server_work_too_often_has_to_wait() {
        RequestSpecification impatient = from("203.0.113.5");
        String retry = "/api/v1/videos/" + UUID.randomUUID() + "/retry";
        for (int i = 0; i < 2; i++) {
            given().spec(impatient).post(retry).then().statusCode(404);
        }

        given().spec(impatient).post(retry).then().statusCode(429);
        given().spec(impatient).post("/api/v1/verify").then().statusCode(429);
    }

    @Test
    void a_person_reads_it_on_a_page_and_media_are_never_counted() {
        RequestSpecification reader = from("203.0.113.6");
        Response page = null;
        // Some of the allowance comes back while the pages are made.
        for (int i = 0; i < 400 && (page == null || page.statusCode() == 200); i++) {
            page = given().spec(reader).accept("text/html").get("/?q=x");
        }

        page.then().statusCode(429).contentType("text/html").body(containsString("Try again in"));
        for (int i = 0; i < 50; i++) {
            given().spec(reader).get("/media/none/1/master.m3u8").then().statusCode(404);
        }
    }

    @Test
    void a_client_listens_to_no_more_streams_at_once_than_it_may_and_to_another_when_one_has_ended()
            throws IOException {
        List<RawHttp> open = new ArrayList<>();
        try {
            open.add(listen("203.0.113.7", 200));
            open.add(listen("203.0.113.7", 200));
            listen("203.0.113.7", 429).close();
            listen("203.0.113.8", 200).close();

            open.removeFirst().close();
            Awaitility.await("the server to notice that a listener has left")
                    .atMost(Duration.ofSeconds(10))
                    .pollDelay(Duration.ofSeconds(1))
                    .untilAsserted(() -> listen("203.0.113.7", 200).close());
        } finally {
            for (RawHttp stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void all_addresses_of_one_network_of_ipv6_are_one_client() {
        for (int i = 0; i < 2; i++) {
            begin("2001:db8::" + (i + 1)).then().statusCode(201);
        }

        begin("2001:db8::ffff:ffff").then().statusCode(429);
        begin("2001:db8:0:1::1").then().statusCode(201);
    }

    private RawHttp listen(String address, int status) throws IOException {
        RawHttp http = new RawHttp(server);
        RawHttp.Answer answer = http.head(
                        "GET /api/v1/events HTTP/1.1",
                        "Host: localhost",
                        "Accept: text/event-stream",
                        "X-Forwarded-For: " + address)
                .answer();
        assertThat(answer.status()).isEqualTo(status);
        return http;
    }

    private static Response begin(String address) {
        return tus().header("X-Forwarded-For", address)
                .header("Upload-Length", 100)
                .post(UPLOADS);
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }
}
