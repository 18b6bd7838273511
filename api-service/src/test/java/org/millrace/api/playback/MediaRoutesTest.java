package org.millrace.api.playback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;

@QuarkusTest
class MediaRoutesTest {

    private static final byte[] TRACK = Shown.bytes(1, 9_000);

    @Inject
    Shown shown;

    @Inject
    VideoLedger videos;

    @Inject
    MediaStore store;

    private VideoId video;

    @BeforeEach
    void show_a_video() {
        video = shown.playable("local", "Füße \"am\" Meer");
    }

    @Test
    void the_master_playlist_lists_picture_and_sound() {
        String text = given().get(url("master.m3u8"))
                .then()
                .statusCode(200)
                .contentType("application/vnd.apple.mpegurl")
                .header("Cache-Control", "private, no-cache")
                .extract()
                .asString();

        assertThat(text).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="Audio",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-1.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=24000,AVERAGE-BANDWIDTH=24000,CODECS="avc1.640015,mp4a.40.2",RESOLUTION=426x240,FRAME-RATE=30.000,AUDIO="aud"
                        240p.m3u8
                        """);
    }

    @Test
    void a_media_playlist_lists_the_fragments_of_its_track() {
        String text = given().get(url("audio-1.m3u8"))
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(text)
                .contains("#EXT-X-MAP:URI=\"audio-1.mp4\",BYTERANGE=\"800@0\"\n")
                .contains("#EXTINF:2.000000,\n#EXT-X-BYTERANGE:2000@3000\naudio-1.mp4\n#EXT-X-ENDLIST\n");
    }

    @Test
    void a_playlist_that_is_known_is_not_sent_again() {
        String etag = given().get(url("240p.m3u8")).then().extract().header("ETag");

        given().header("If-None-Match", etag)
                .get(url("240p.m3u8"))
                .then()
                .statusCode(304)
                .header("ETag", etag)
                .header("Content-Type", nullValue())
                .body(equalTo(""));
    }

    @Test
    void a_track_is_sent_whole_with_all_that_caches_need() {
        ExtractableResponse<Response> answer = given().get(url("240p.mp4"))
                .then()
                .statusCode(200)
                .contentType("video/mp4")
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .header("Content-Length", "9000")
                .header("ETag", matchesPattern("\"[^\"]+\""))
                .header("Last-Modified", matchesPattern("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT"))
                .extract();

        assertThat(answer.asByteArray()).isEqualTo(TRACK);
    }

    @ParameterizedTest
    @CsvSource({"audio-1.mp4, audio/mp4, 5000", "video.mp4, video/mp4, 8000", "poster.jpg, image/jpeg, 3000"})
    void every_object_has_its_type(String name, String type, String length) {
        given().get(url(name))
                .then()
                .statusCode(200)
                .contentType(type)
                .header("Content-Length", length)
                .header("Content-Disposition", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-99, 0, 99", "bytes=8999-, 8999, 8999", "bytes=-10, 8990, 8999", "bytes=100-20000, 100, 8999"})
    void a_range_is_sent_alone(String range, int first, int last) {
        ExtractableResponse<Response> answer = given().header("Range", range)
                .get(url("240p.mp4"))
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes " + first + "-" + last + "/9000")
                .header("Content-Length", Integer.toString(last - first + 1))
                .contentType("video/mp4")
                .extract();

        assertThat(answer.asByteArray()).isEqualTo(Arrays.copyOfRange(TRACK, first, last + 1));
    }

    @Test
    void a_range_of_a_playlist_is_sent_alone() {
        String text = given().header("Range", "bytes=1-6")
                .get(url("240p.m3u8"))
                .then()
                .statusCode(206)
                .extract()
                .asString();

        assertThat(text).isEqualTo("EXTM3U");
    }

    @Test
    void a_range_beyond_the_end_says_where_the_end_is() {
        given().header("Range", "bytes=9000-")
                .get(url("240p.mp4"))
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */9000")
                .header("Cache-Control", nullValue())
                .contentType("application/problem+json")
                .body("code", equalTo("range-not-satisfiable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "bytes=9-1", "lines=1-2", "bytes=x"})
    void other_ranges_are_answered_with_the_whole(String range) {
        given().header("Range", range)
                .get(url("240p.mp4"))
                .then()
                .statusCode(200)
                .header("Content-Length", "9000");
    }

    @Test
    void a_range_of_an_older_version_is_answered_with_the_whole() {
        String etag = given().head(url("240p.mp4")).header("ETag");

        given().header("Range", "bytes=0-9")
                .header("If-Range", etag)
                .get(url("240p.mp4"))
                .then()
                .statusCode(206);
        given().header("Range", "bytes=0-9")
                .header("If-Range", "\"old\"")
                .get(url("240p.mp4"))
                .then()
                .statusCode(200);
    }

    @Test
    void conditions_are_judged_before_ranges() {
        Response head = given().head(url("240p.mp4"));
        String etag = head.header("ETag");
        String date = head.header("Last-Modified");

        given().header("If-None-Match", etag)
                .header("Range", "bytes=0-9")
                .get(url("240p.mp4"))
                .then()
                .statusCode(304);
        given().header("If-Modified-Since", date).get(url("240p.mp4")).then().statusCode(304);
        given().header("If-Match", "\"old\"")
                .get(url("240p.mp4"))
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition-failed"));
    }

    @Test
    void head_says_what_get_would_and_knows_no_ranges() {
        given().header("Range", "bytes=0-9")
                .head(url("240p.mp4"))
                .then()
                .statusCode(200)
                .header("Content-Length", "9000")
                .contentType("video/mp4")
                .body(equalTo(""));
    }

    @Test
    void a_download_is_named_after_the_video() {
        given().get(url("video.mp4") + "?download")
                .then()
                .statusCode(200)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"Fu_e am Meer.mp4\"; filename*=UTF-8''F%C3%BC%C3%9Fe%20am%20Meer.mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void media_can_only_be_read(String method) {
        given().request(method, url("240p.mp4"))
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD")
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "480p.mp4",
                "480p.m3u8",
                "poster.mp4",
                "download.mp4",
                "240p.jpg",
                "video.m3u8",
                "master.mp4",
                "audio-1.jpg"
            })
    void what_the_ledger_does_not_list_is_not_there(String name) {
        given().get(url(name)).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void another_set_or_video_is_not_there() {
        given().get("/media/" + video + "/2/master.m3u8").then().statusCode(404);
        given().get("/media/" + VideoId.random() + "/1/master.m3u8").then().statusCode(404);
    }

    @Test
    void somebody_elses_video_is_not_there() {
        VideoId foreign = shown.playable("somebody", "Private");

        for (String name : new String[] {"master.m3u8", "240p.m3u8", "240p.mp4", "video.mp4", "poster.jpg"}) {
            given().get("/media/" + foreign + "/1/" + name)
                    .then()
                    .statusCode(404)
                    .header("ETag", nullValue());
        }
    }

    @Test
    void a_deleted_video_is_gone_at_once() {
        given().get(url("240p.mp4")).then().statusCode(200);
        given().get(url("master.m3u8")).then().statusCode(200);

        videos.delete(video);

        given().get(url("240p.mp4")).then().statusCode(404);
        given().get(url("master.m3u8")).then().statusCode(404);
    }

    @Test
    void a_set_that_is_not_finished_has_a_poster_but_no_playlist() {
        VideoId working = shown.uploaded("local", "Working");
        shown.publish(working, "poster", PublishedRow.Kind.POSTER, Shown.bytes(4, 100));
        shown.publish(working, "240p", PublishedRow.Kind.VIDEO, Shown.bytes(1, 9_000));

        given().get("/media/" + working + "/1/poster.jpg").then().statusCode(200);
        given().get("/media/" + working + "/1/master.m3u8").then().statusCode(404);
        given().get("/media/" + working + "/1/240p.m3u8").then().statusCode(404);
    }

    @Test
    void what_appears_after_somebody_has_asked_is_there() {
        VideoId working = shown.uploaded("local", "Working");
        given().get("/media/" + working + "/1/poster.jpg").then().statusCode(404);

        shown.publish(working, "poster", PublishedRow.Kind.POSTER, Shown.bytes(4, 100));

        given().get("/media/" + working + "/1/poster.jpg").then().statusCode(200);
    }

    @Test
    void an_object_that_the_store_has_lost_is_not_there() {
        given().get(url("poster.jpg")).then().statusCode(200);
        store.delete(new ObjectKey("v/" + video + "/set/1/attempt/poster"));
        store.delete(new ObjectKey("v/" + video + "/set/1/attempt/download"));

        given().get(url("poster.jpg")).then().statusCode(404).contentType("application/problem+json");
        given().get(url("video.mp4")).then().statusCode(404).header("ETag", nullValue());
    }

    @Test
    void a_silent_video_has_no_sound_in_its_playlist() {
        VideoId silent = shown.uploaded("local", "Silent");
        shown.publish(silent, "240p", PublishedRow.Kind.VIDEO, TRACK);
        shown.change(silent, () -> VideoRow.<VideoRow>findById(silent.value()).publishedSet = 1);

        String text = given().get("/media/" + silent + "/1/master.m3u8")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(text).doesNotContain("AUDIO", "mp4a").endsWith("FRAME-RATE=30.000\n240p.m3u8\n");
    }

    private String url(String name) {
        return "/media/" + video + "/1/" + name;
    }
}
