package org.millrace.api.library;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.testing.Videos;
import org.millrace.model.id.VideoId;

@QuarkusTest
class VideosResourceTest {

    private static final String VIDEOS = "/api/v1/videos";

    @Inject
    Videos videos;

    @Test
    void a_new_video_is_told_with_every_field_that_scripts_rely_on() {
        VideoId id = videos.uploaded("A first video");

        when().get(VIDEOS + "/" + id)
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("id", equalTo(id.value()))
                .body("title", equalTo("A first video"))
                .body("description", equalTo(""))
                .body("state", equalTo("PROCESSING"))
                .body("progress", equalTo(0.0f))
                .body("playable", equalTo(false))
                .body("partial", equalTo(false))
                .body("containsKey('durationSeconds')", equalTo(true))
                .body("durationSeconds", nullValue())
                .body("containsKey('failure')", equalTo(true))
                .body("failure", nullValue())
                .body("media", equalTo(media(null, null, null)))
                .body("status.stage", not(emptyOrNullString()))
                .body("status.percent", equalTo(0.0f));
    }

    @Test
    void media_are_named_as_soon_as_they_are_there() {
        VideoId id = videos.uploaded("Media");
        String base = "/media/" + id + "/1/";

        videos.publish(id, 1, PublishedRow.Kind.POSTER);
        when().get(VIDEOS + "/" + id).then().body("media", equalTo(media(null, null, base + "poster.jpg")));

        videos.publish(id, 1, PublishedRow.Kind.VIDEO);
        videos.play(id, 1);
        when().get(VIDEOS + "/" + id)
                .then()
                .body("playable", equalTo(true))
                .body("durationSeconds", equalTo(12.5f))
                .body("media", equalTo(media(base + "master.m3u8", null, base + "poster.jpg")));

        videos.publish(id, 1, PublishedRow.Kind.DOWNLOAD);
        when().get(VIDEOS + "/" + id)
                .then()
                .body("media", equalTo(media(base + "master.m3u8", base + "video.mp4", base + "poster.jpg")));
    }

    @Test
    void the_list_is_paged_and_every_video_is_on_one_page() {
        String word = UUID.randomUUID().toString();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(videos.uploaded(word + " " + i).value());
        }

        List<String> seen = new ArrayList<>();
        String next = VIDEOS + "?size=2&q=" + word;
        int pages = 0;
        while (next != null) {
            JsonPath page = when().get(next).then().statusCode(200).extract().jsonPath();
            assertThat(page.getInt("total")).isEqualTo(5);
            assertThat(page.getInt("size")).isEqualTo(2);
            assertThat(page.getInt("page")).isEqualTo(++pages);
            seen.addAll(page.getList("items.id"));
            next = page.getString("next");
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void a_search_takes_its_text_literally_and_in_any_case() {
        String word = UUID.randomUUID().toString();
        videos.uploaded(word + " 100% Pure_Gold");
        videos.uploaded(word + " 100 PureXGold");

        search(word + " 100% ").body("items.title", contains(word + " 100% Pure_Gold"));
        search(word + " 100% pure_g").body("items.title", contains(word + " 100% Pure_Gold"));
        search("pure_gold' or '1'='1").body("total", equalTo(0));
    }

    @Test
    void a_search_knows_the_cases_of_every_alphabet() {
        String word = UUID.randomUUID().toString();
        videos.uploaded(word + " ÄPFEL und Κήπος");

        search(word + " äpfel UND κήπ").body("total", equalTo(1));
        search(word + " ÄPFEL und ΚΉΠ").body("total", equalTo(1));
        search(word + " apfel").body("total", equalTo(0));
    }

    @Test
    void the_list_can_be_narrowed_by_state() {
        String word = UUID.randomUUID().toString();
        VideoId stopped = videos.uploaded(word + " stopped");
        videos.uploaded(word + " running");
        when().post(VIDEOS + "/" + stopped + "/cancel").then().statusCode(202);

        given().queryParam("q", word)
                .queryParam("state", "CANCELLED")
                .get(VIDEOS)
                .then()
                .body("items.id", contains(stopped.value()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=-1", "page=99999999", "size=0", "size=101"})
    void a_page_that_cannot_be_is_refused_in_words(String query) {
        problem(given().get(VIDEOS + "?" + query), 400, "invalid-value")
                .body("detail", containsString(query.substring(0, 4)));
    }

    @Test
    void parameters_of_the_wrong_type_are_refused() {
        problem(given().get(VIDEOS + "?page=two"), 400, "invalid-value").body("detail", containsString("page"));
        problem(given().get(VIDEOS + "?state=SLEEPING"), 400, "invalid-value")
                .body("detail", containsString("PROCESSING, READY"));
    }

    @Test
    void title_and_description_can_be_changed_one_by_one() {
        VideoId id = videos.uploaded("Before");

        patch(id, "{\"title\":\"After\"}").then().statusCode(200).body("title", equalTo("After"));
        patch(id, "{\"description\":\"Two\\nlines\"}")
                .then()
                .body("title", equalTo("After"))
                .body("description", equalTo("Two\nlines"));
        given().contentType("application/merge-patch+json")
                .body("{\"description\":null}")
                .patch(VIDEOS + "/" + id)
                .then()
                .statusCode(200)
                .body("description", equalTo(""));
        when().get(VIDEOS + "/" + id).then().body("title", equalTo("After"));
    }

    @Test
    void hostile_titles_stay_text_without_what_cannot_be_seen() {
        VideoId id = videos.uploaded("Before");

        patch(
                        id,
                        "{\"title\":\"  <b>\\u202egnp.exe\\u0000\\u0007 & \\\"quotes\\\" \\uD83C\\uDFAC \\u0639\\u0631\\u0628\\u064a \"}")
                .then()
                .statusCode(200)
                .body("title", equalTo("<b>gnp.exe & \"quotes\" \uD83C\uDFAC \u0639\u0631\u0628\u064a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"\"}",
                "{\"title\":\"   \"}",
                "{\"title\":\"\\u0000\"}",
                "{\"title\":null}",
                "{\"title\":5}",
                "{\"description\":[]}",
                "{\"state\":\"READY\"}"
            })
    void values_that_are_not_allowed_are_refused_and_change_nothing(String body) {
        VideoId id = videos.uploaded("Stays");

        problem(patch(id, body), 400, "invalid-value");

        when().get(VIDEOS + "/" + id).then().body("title", equalTo("Stays"));
    }

    @Test
    void texts_that_are_too_long_are_refused() {
        VideoId id = videos.uploaded("Stays");
        patch(id, "{\"title\":\"" + "\uD83C\uDFAC".repeat(200) + "\"}").then().statusCode(200);
        problem(patch(id, "{\"title\":\"" + "x".repeat(201) + "\"}"), 400, "invalid-value");
        problem(patch(id, "{\"description\":\"" + "x".repeat(5001) + "\"}"), 400, "invalid-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "{\"title\":\"a\"", "nonsense", "null"})
    void what_is_not_a_json_object_is_refused(String body) {
        problem(patch(videos.uploaded("Stays"), body), 400, "invalid-json");
    }

    @Test
    void a_deleted_video_is_gone() {
        VideoId id = videos.uploaded("Away");

        when().delete(VIDEOS + "/" + id).then().statusCode(204);

        problem(given().get(VIDEOS + "/" + id), 404, "video-not-found");
        problem(given().delete(VIDEOS + "/" + id), 404, "video-not-found");
    }

    @Test
    void work_can_be_stopped_once_and_then_tried_again_once() {
        VideoId id = videos.uploaded("Stop and go");

        problem(given().post(VIDEOS + "/" + id + "/retry"), 409, "nothing-to-retry");
        when().post(VIDEOS + "/" + id + "/cancel").then().statusCode(202);
        when().get(VIDEOS + "/" + id).then().body("state", equalTo("CANCELLED"));
        problem(given().post(VIDEOS + "/" + id + "/cancel"), 409, "nothing-to-cancel");
        when().post(VIDEOS + "/" + id + "/retry").then().statusCode(202);
        when().get(VIDEOS + "/" + id).then().body("state", equalTo("PROCESSING"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aaaaaaaaaaaaaaaaaaaaaaaaaa", "AAAAAAAAAAAAAAAAAAAAAAAAAA", "1", "..%2f..%2fetc%2fpasswd", "%00"
            })
    void ids_that_are_unknown_or_malformed_are_not_found_on_every_route(String id) {
        String video = VIDEOS + "/" + id;
        problem(raw().get(video), 404, "video-not-found");
        problem(raw().delete(video), 404, "video-not-found");
        problem(raw().post(video + "/retry"), 404, "video-not-found");
        problem(raw().post(video + "/cancel"), 404, "video-not-found");
        problem(raw().contentType(ContentType.JSON).body("{\"title\":\"x\"}").patch(video), 404, "video-not-found");
    }

    @Test
    void a_video_of_somebody_else_is_not_there() {
        VideoId id = videos.uploaded("Theirs", "somebody-else");

        ids_that_are_unknown_or_malformed_are_not_found_on_every_route(id.value());
        search("Theirs").body("total", equalTo(0));
    }

    private static io.restassured.specification.RequestSpecification raw() {
        return given().urlEncodingEnabled(false);
    }

    private static io.restassured.response.ValidatableResponse search(String text) {
        return given().queryParam("q", text).get(VIDEOS).then().statusCode(200);
    }

    private static io.restassured.response.Response patch(VideoId id, String body) {
        return given().contentType(ContentType.JSON).body(body).patch(VIDEOS + "/" + id);
    }

    private static io.restassured.response.ValidatableResponse problem(
            io.restassured.response.Response response, int status, String code) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("type", equalTo("/docs/errors.md#" + code));
    }

    private static Map<String, Object> media(String hls, String mp4, String poster) {
        Map<String, Object> media = new java.util.HashMap<>();
        media.put("hls", hls);
        media.put("live", null);
        media.put("mp4", mp4);
        media.put("poster", poster);
        media.put("storyboard", null);
        media.put("clip", null);
        media.put("subtitles", List.of());
        return media;
    }
}
