package org.millrace.api.upload;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.api.testing.OnS3;

/** A quota where the store itself has no end, and senders bring their bytes to it without passing through here. */
@QuarkusTest
@TestProfile(DirectQuotaTest.Small.class)
class DirectQuotaTest {

    /** A million bytes. */
    public static class Small extends OnS3 {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> all = new HashMap<>(super.getConfigOverrides());
            all.put("millrace.quota.bytes", "1000000");
            return all;
        }
    }

    @Test
    void an_upload_straight_into_the_store_is_refused_before_its_first_byte_when_it_does_not_fit() {
        announce(700_000).statusCode(201);

        announce(300_001)
                .statusCode(413)
                .body("code", equalTo("quota-exceeded"))
                .body("detail", allOf(containsString("1 MB"), containsString("300 kB are left")));
        announce(300_000).statusCode(201);
    }

    private static ValidatableResponse announce(long length) {
        return given().contentType("application/json")
                .body(Map.of("fileName", "a.mp4", "length", length))
                .post(DirectResource.PATH)
                .then();
    }
}
