package org.millrace.api.account;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.testing.RawHttp;

@QuarkusTest
class OriginGuardTest {

    private static final Set<String> SAFE = Set.of("get", "head", "options", "trace", "parameters");

    @TestHTTPResource("/")
    URI server;

    @Test
    void every_route_that_changes_something_refuses_pages_of_other_sites() {
        for (Route route : changingRoutes()) {
            refused(given().header("Origin", "https://evil.example"), route, 403, "foreign-origin");
            refused(given().header("Origin", "null"), route, 403, "foreign-origin");
            refused(given().header("Origin", "http://localhost:1"), route, 403, "foreign-origin");
            refused(given().header("Sec-Fetch-Site", "cross-site"), route, 403, "foreign-origin");
            refused(given().header("Sec-Fetch-Site", "same-site"), route, 403, "foreign-origin");
            refused(own().header("Sec-Fetch-Site", "cross-site"), route, 403, "foreign-origin");
        }
    }

    @Test
    void every_route_that_changes_something_refuses_foreign_names() {
        for (Route route : changingRoutes()) {
            refused(given().header("Host", "evil.example"), route, 421, "host-not-allowed");
            refused(given().header("Host", "localhost.evil.example"), route, 421, "host-not-allowed");
            refused(given().header("Host", "192.168.1.5"), route, 421, "host-not-allowed");
            refused(
                    given().header("Host", "evil.example").header("Origin", "http://evil.example"),
                    route,
                    421,
                    "host-not-allowed");
        }
    }

    @Test
    void every_route_that_changes_something_serves_own_pages_and_scripts() {
        for (Route route : changingRoutes()) {
            for (RequestSpecification request :
                    List.of(given(), own(), own().header("Sec-Fetch-Site", "same-origin"))) {
                request.request(route.method(), route.path()).then().statusCode(not(anyOf(is(403), is(421), is(500))));
            }
        }
    }

    @Test
    void reading_is_refused_under_a_name_that_anybody_could_let_lead_here() {
        refused(given().header("Host", "evil.example"), new Route("get", "/api/v1/videos"), 421, "host-not-allowed");
        given().header("Host", "192.168.1.5:8080").get("/api/v1/videos").then().statusCode(200);
        given().header("Host", "[::1]:8080").get("/api/v1/videos").then().statusCode(200);
        given().header("Host", "LocalHost").get("/api/v1/videos").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/started", "/q/metrics"})
    void probes_are_answered_under_any_name(String probe) {
        given().header("Host", "api-7d9f.cluster.local").get(probe).then().statusCode(200);
    }

    @Test
    void a_request_with_no_host_or_with_two_changes_nothing() throws IOException {
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head("POST /upload HTTP/1.0").answer();
            assertThat(answer.status()).isEqualTo(421);
            assertThat(answer.body()).contains("host-not-allowed");
        }
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head("POST /upload HTTP/1.1", "Host: localhost", "Host: evil.example")
                    .answer();
            assertThat(answer.status()).isIn(400, 421);
        }
    }

    @Test
    void a_foreign_page_gets_no_permission_to_read_answers() {
        given().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "PATCH")
                .options("/api/v1/uploads")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo(null))
                .header("Access-Control-Allow-Methods", equalTo(null));
    }

    private RequestSpecification own() {
        return given().header("Origin", "http://" + server.getAuthority());
    }

    private static void refused(RequestSpecification request, Route route, int status, String code) {
        request.request(route.method(), route.path())
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    /** All routes of the API's own description that change something, and those of plain forms. */
    private static List<Route> changingRoutes() {
        Map<String, Map<String, Object>> paths =
                when().get("/q/openapi?format=json").jsonPath().getMap("paths");
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("post", "/upload"));
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method -> !SAFE.contains(method))
                .forEach(method -> routes.add(new Route(method, path.replaceAll("\\{[^}]*}", "x")))));
        assertThat(routes).hasSizeGreaterThan(7);
        return routes;
    }

    private record Route(String method, String path) {
        Route {
            method = method.toUpperCase(Locale.ROOT);
        }
    }
}
