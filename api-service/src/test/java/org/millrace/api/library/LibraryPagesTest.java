package org.millrace.api.library;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.playback.Shown;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.FailureCode;

@QuarkusTest
class LibraryPagesTest {

    private static final String HOSTILE = "<script>alert('1')</script>\" onmouseover=\"alert(2)\" '>&amp;<img src=x>";

    @Inject
    Shown shown;

    @Inject
    VideoLedger videos;

    @Inject
    Transactions transactions;

    @BeforeEach
    void empty_the_library() {
        for (VideoRow video : transactions.read(() -> VideoRow.<VideoRow>listAll())) {
            videos.delete(video.videoId());
        }
    }

    @Test
    void an_empty_library_invites_to_upload() {
        assertThat(html("/"))
                .contains("Your library is empty", "href=\"/upload\"")
                .doesNotContain("NOT_FOUND");
    }

    @Test
    void a_video_is_shown_with_its_poster_and_its_length() {
        VideoId video = shown.playable("local", "Harbour at dawn");

        assertThat(html("/"))
                .contains("Harbour at dawn", "One video", "0:04", "/media/" + video + "/1/poster.jpg")
                .contains("href=\"/watch/" + video + "\"")
                .doesNotContain("NOT_FOUND");
    }

    @Test
    void somebody_elses_videos_are_not_listed() {
        shown.playable("somebody", "Private affairs");

        assertThat(html("/")).contains("Your library is empty").doesNotContain("Private affairs");
    }

    @Test
    void a_long_library_has_pages() {
        for (int i = 1; i <= 25; i++) {
            shown.uploaded("local", "Video " + i + ".");
        }

        assertThat(html("/"))
                .contains("25 videos", "Video 25.", "Video 2.", "href=\"/?page=2\"")
                .doesNotContain("Video 1.");
        assertThat(html("/?page=2")).contains("Video 1.").doesNotContain("Video 2.", "rel=\"next\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "99999999999", "1e3", ""})
    void a_page_that_cannot_be_is_the_first(String page) {
        shown.uploaded("local", "Only one");

        assertThat(html("/?page=" + page)).contains("Only one");
    }

    @Test
    void a_search_finds_titles_and_takes_everything_literally() {
        shown.uploaded("local", "100% Sailing");
        shown.uploaded("local", "1000 Miles");

        assertThat(search("sailing")).contains("100% Sailing").doesNotContain("1000 Miles");
        assertThat(search("100%")).contains("100% Sailing").doesNotContain("1000 Miles");
        assertThat(search("_")).contains("No title matches");
    }

    @Test
    void the_next_page_of_a_search_keeps_the_search() {
        for (int i = 1; i <= 25; i++) {
            shown.uploaded("local", "a&b=\"c\" " + i);
        }

        assertThat(search("a&b=\"c\"")).contains("href=\"/?page=2&amp;q=a%26b%3D%22c%22\"");
    }

    @Test
    void hostile_text_stays_text() {
        VideoId video = shown.playable("local", HOSTILE);
        videos.edit(video, null, HOSTILE + "</textarea><script>alert(3)</script>");

        for (String page : new String[] {html("/"), search(HOSTILE), html("/watch/" + video), html("/jobs")}) {
            assertThat(page)
                    .contains("&lt;script&gt;alert(&#39;1&#39;)")
                    .doesNotContain("<script>alert", "<img src=x", "\" onmouseover=");
        }
    }

    @Test
    void a_playable_video_has_a_player_and_a_download() {
        VideoId video = shown.playable("local", "Harbour at dawn");

        assertThat(html("/watch/" + video))
                .contains("<title>Harbour at dawn")
                .contains("data-hls=\"/media/" + video + "/1/master.m3u8\"")
                .contains("data-mp4=\"/media/" + video + "/1/video.mp4\"", "data-duration=\"4.0\"")
                .contains("240p", "9.0 KB", "640 × 360, 1.2 MB", "just now")
                .doesNotContain("NOT_FOUND");
    }

    @Test
    void a_video_in_work_says_what_it_waits_for() {
        VideoId video = shown.uploaded("local", "Fresh");

        assertThat(html("/watch/" + video))
                .contains(
                        "data-playable=\"false\"",
                        "data-hls=\"\"",
                        "data-duration=\"0.0\"",
                        "0 %",
                        "Waiting",
                        "next in the queue")
                .doesNotContain("NOT_FOUND", "Download MP4");
    }

    @Test
    void a_rejected_video_says_why_and_offers_no_second_try() {
        VideoId video = failed(VideoState.REJECTED, FailureCode.NOT_A_VIDEO);

        assertThat(html("/watch/" + video))
                .contains("Not accepted", FailureCode.NOT_A_VIDEO.sentence(), "not-a-video")
                .doesNotContain("data-testid=\"retry\"");
    }

    @Test
    void a_cancelled_video_can_be_taken_up_again() {
        VideoId video = shown.uploaded("local", "Stopped");
        post("/watch/" + video + "/cancel", "/watch/" + video);
        assertThat(html("/watch/" + video)).contains("Cancelled", "data-testid=\"retry\"");

        post("/watch/" + video + "/retry", "/watch/" + video);
        assertThat(html("/watch/" + video)).contains("data-state=\"PROCESSING\"");
    }

    @Test
    void title_and_description_are_edited_by_a_form() {
        VideoId video = shown.playable("local", "Old");

        given().redirects()
                .follow(false)
                .formParam("title", "  New\nname ")
                .formParam("description", "one\r\ntwo")
                .post("/watch/" + video)
                .then()
                .statusCode(303);

        VideoRow row = videos.find(video).orElseThrow();
        assertThat(row.title).isEqualTo("New name");
        assertThat(row.description).isEqualTo("one\ntwo");
    }

    @Test
    void a_blank_title_is_refused() {
        VideoId video = shown.playable("local", "Old");

        given().formParam("title", " \n ")
                .post("/watch/" + video)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-value"));

        assertThat(videos.find(video).orElseThrow().title).isEqualTo("Old");
    }

    @Test
    void a_deleted_video_is_gone() {
        VideoId video = shown.playable("local", "Old");

        post("/watch/" + video + "/delete", "/");

        assertThat(videos.find(video)).isEmpty();
        given().accept("text/html").get("/watch/" + video).then().statusCode(404);
    }

    @Test
    void nothing_can_be_cancelled_twice() {
        VideoId video = shown.uploaded("local", "Stopped");
        post("/watch/" + video + "/cancel", "/watch/" + video);

        given().post("/watch/" + video + "/cancel").then().statusCode(409).body("code", equalTo("nothing-to-cancel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "%3Cscript%3E", "..%2f..%2fetc"})
    void an_unknown_video_is_a_page_for_people_and_a_problem_for_programs(String id) {
        String page = given().urlEncodingEnabled(false)
                .accept("text/html,application/xhtml+xml")
                .get("/watch/" + id)
                .then()
                .statusCode(404)
                .contentType("text/html")
                .extract()
                .asString();
        assertThat(page).contains("Go to the library");

        given().urlEncodingEnabled(false)
                .accept("*/*")
                .get("/watch/" + id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void somebody_elses_video_cannot_be_seen_or_touched() {
        VideoId foreign = shown.playable("somebody", "Private affairs");

        given().accept("text/html").get("/watch/" + foreign).then().statusCode(404);
        for (String action : new String[] {"", "/delete", "/retry", "/cancel"}) {
            given().formParam("title", "Mine")
                    .post("/watch/" + foreign + action)
                    .then()
                    .statusCode(404);
        }
        assertThat(videos.find(foreign).orElseThrow().title).isEqualTo("Private affairs");
    }

    private VideoId failed(VideoState state, FailureCode code) {
        VideoId video = shown.uploaded("local", "Broken");
        shown.change(video, () -> {
            VideoRow row = VideoRow.findById(video.value());
            row.state = state;
            row.failureCode = code.slug();
            row.failureMessage = code.sentence();
        });
        return video;
    }

    private static void post(String path, String target) {
        String location = given().redirects()
                .follow(false)
                .post(path)
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        assertThat(location).endsWith(target);
    }

    private static String html(String path) {
        return given().accept("text/html")
                .get(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
    }

    private static String search(String text) {
        return given().accept("text/html")
                .queryParam("q", text)
                .get("/")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
