package org.millrace.api.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.testing.RawHttp;

@QuarkusTest
class ProblemAnswersTest {

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, not-found",
        "GET, /api/v1/nothing, 404, not-found",
        "DELETE, /nothing, 404, not-found",
        "PUT, /api/v1/videos, 405, method-not-allowed",
        "DELETE, /api/v1/videos, 405, method-not-allowed",
        "PUT, /api/v1/videos/aaaaaaaaaaaaaaaaaaaaaaaaaa, 405, method-not-allowed",
        "POST, /api/v1/videos/aaaaaaaaaaaaaaaaaaaaaaaaaa, 405, method-not-allowed",
        "GET, /api/v1/videos/aaaaaaaaaaaaaaaaaaaaaaaaaa/retry, 405, method-not-allowed",
        "GET, /api/v1/uploads, 405, method-not-allowed",
        "GET, /api/v1/uploads/aaaaaaaaaaaaaaaaaaaaaaaaaa, 405, method-not-allowed",
        "BREW, /api/v1/videos, 405, method-not-allowed",
    })
    void what_is_not_there_gets_its_own_answer(String method, String path, int status, String code) {
        given().request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("title", not(equalTo(null)))
                .body("detail", not(equalTo(null)))
                .body("containsKey('errorId')", equalTo(false));
    }

    @Test
    void wrong_types_get_their_own_answer() {
        given().contentType("text/xml")
                .body("<title/>")
                .patch("/api/v1/videos/aaaaaaaaaaaaaaaaaaaaaaaaaa")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported-type"));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/videos")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported-type"));
        given().accept("image/png")
                .get("/api/v1/videos")
                .then()
                .statusCode(406)
                .body("code", equalTo("not-acceptable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/test/broken/rest", "/test/broken/route", "/test/broken/fail"})
    void a_fault_is_told_by_a_number_and_nothing_from_inside(String path) {
        given().get(path)
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("code", equalTo("internal-error"))
                .body("errorId", matchesPattern("[0-9a-f-]{36}"))
                .body("detail", equalTo("Something went wrong inside Millrace."))
                .body(not(containsString("secret")))
                .body(not(containsString("Exception")));
    }

    @Test
    void people_get_a_page_and_programs_a_document() {
        given().accept("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
                .get("/nothing")
                .then()
                .statusCode(404)
                .contentType(ContentType.HTML)
                .body(containsString("data-testid=\"error\""))
                .body(containsString("There is nothing at this address"))
                .body(containsString("href=\"/\""));
        given().accept("text/html")
                .get("/api/v1/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void the_type_of_a_problem_leads_to_its_explanation() {
        String type = given().get("/nothing").jsonPath().getString("type");
        given().get(type.substring(0, type.indexOf('#')))
                .then()
                .statusCode(200)
                .body(containsString("### " + type.substring(type.indexOf('#') + 1)));
    }

    @Test
    void what_breaks_http_itself_is_refused_and_nothing_crashes() throws IOException {
        for (String line : new String[] {"NONSENSE", "GET /%zz HTTP/1.1", "GET /a|b HTTP/1.1"}) {
            try (RawHttp http = new RawHttp(server)) {
                int status = http.head(line, "Host: localhost").answer().status();
                assertThat(status).as(line).isBetween(400, 505);
            }
        }
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer answer = http.head("GET /" + "x".repeat(70_000) + " HTTP/1.1", "Host: localhost")
                    .answer();
            assertThat(answer.status()).isEqualTo(414);
        }
        given().get("/api/v1/videos").then().statusCode(200);
    }

    @Test
    void a_connection_goes_on_after_a_refused_body() throws IOException {
        byte[] body = new byte[500_000];
        try (RawHttp http = new RawHttp(server)) {
            RawHttp.Answer refused = http.head(
                            "POST /nothing HTTP/1.1", "Host: localhost", "Content-Length: " + body.length)
                    .bytes(body)
                    .answer();
            assertThat(refused.status()).isEqualTo(404);
            RawHttp.Answer next =
                    http.head("GET /q/health/live HTTP/1.1", "Host: localhost").answer();
            assertThat(next.status()).isEqualTo(200);
        }
    }

    /** Routes that fail in every way. */
    @ApplicationScoped
    @Path("/test/broken")
    public static class Broken {

        void routes(@Observes Router router) {
            router.get("/test/broken/route").handler(context -> {
                throw new IllegalStateException("secret of a route");
            });
            router.get("/test/broken/fail").handler(context -> context.fail(500));
        }

        /** Fails. */
        @GET
        @Path("rest")
        public String rest() {
            throw new IllegalStateException("secret of a resource");
        }
    }
}
