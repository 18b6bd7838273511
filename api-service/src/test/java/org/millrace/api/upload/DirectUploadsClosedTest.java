package org.millrace.api.upload;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

/** Unless somebody opens it, nobody sends anything to the store but the API. */
@QuarkusTest
class DirectUploadsClosedTest {

    @Test
    void direct_uploads_are_refused_and_the_page_does_not_try_them() {
        given().contentType(ContentType.JSON)
                .body("{\"length\":1000}")
                .post(DirectResource.PATH)
                .then()
                .statusCode(404)
                .body("code", equalTo("direct-uploads-closed"));
        given().get("/upload").then().statusCode(200).body(not(containsString("data-direct")));
    }
}
