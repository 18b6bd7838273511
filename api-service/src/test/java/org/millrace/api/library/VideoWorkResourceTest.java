package org.millrace.api.library;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.playback.Shown;
import org.millrace.api.testing.Footage;
import org.millrace.api.testing.Workshop;
import org.millrace.model.id.VideoId;
import org.millrace.model.ladder.Preset;

@QuarkusTest
class VideoWorkResourceTest {

    @TempDir
    static Path folder;

    private static Footage footage;

    @Inject
    Workshop workshop;

    @Inject
    VideoLedger videos;

    @Inject
    Shown shown;

    @BeforeAll
    static void film() {
        footage = Footage.of(folder, 320, 180, 6, "eng");
    }

    @Test
    void media_are_told_while_a_video_grows_and_when_it_is_finished() {
        VideoId video = workshop.upload("Told", footage, footage.source().withSubtitles(2, "subrip"));
        String base = "/media/" + video + "/1/";
        when().get(api(video)).then().body("media.hls", nullValue()).body("media.live", nullValue());

        workshop.run(video, "chunk-0");
        workshop.runParts(video, "audio-1", 2);
        when().get(api(video))
                .then()
                .body("playable", equalTo(true))
                .body("media.hls", equalTo(base + "live/master.m3u8"))
                .body("media.live", equalTo(base + "live/all.m3u8"))
                .body("status.tracks.name", contains("180p", "audio-1"))
                .body("status.tracks.find { it.name == '180p' }.until", equalTo(4.0f))
                .body("status.forecastBytes", greaterThan(100_000));

        videos.cancel(video);
        when().get(api(video))
                .then()
                .body("playable", equalTo(true))
                .body("media.hls", equalTo(base + "live/master.m3u8"))
                .body("media.live", nullValue());

        videos.retry(video);
        VideoId whole = workshop.upload("Whole", footage, footage.source().withSubtitles(2, "subrip"));
        workshop.runAll(whole);
        base = "/media/" + whole + "/1/";
        when().get(api(whole))
                .then()
                .body("state", equalTo("READY"))
                .body("media.hls", equalTo(base + "master.m3u8"))
                .body("media.live", nullValue())
                .body("media.storyboard", equalTo(base + "storyboard.vtt"))
                .body("media.clip", equalTo(base + "clip.mp4"))
                .body("media.subtitles", hasSize(1))
                .body("media.subtitles[0].label", equalTo("English"))
                .body("media.subtitles[0].language", equalTo("en"))
                .body("media.subtitles[0].url", endsWith("/1/subtitles-2.vtt"));
    }

    @Test
    void a_report_tells_what_was_done() {
        VideoId video = workshop.upload("Reported", footage);
        workshop.runAll(video);

        when().get(api(video) + "/report")
                .then()
                .statusCode(200)
                .body("source.container", equalTo("MP4 or QuickTime"))
                .body("renditions.name", contains("180p"))
                .body("changes.code", contains("encoded", "sound-converted"))
                .body("partial", equalTo(false))
                .body("effort.cpuSeconds", greaterThan(3f))
                .body("effort.readyAfterSeconds", greaterThan(0f))
                .body("space.ratio", greaterThan(0f));
    }

    @Test
    void before_the_header_is_read_there_is_nothing_to_report() {
        VideoId video = shown.uploaded("local", "Fresh");

        when().get(api(video) + "/report").then().statusCode(409).body("code", equalTo("not-analysed"));
    }

    @Test
    void a_video_is_encoded_again_as_somebody_wishes() {
        VideoId video = workshop.upload("Again", footage);
        workshop.runAll(video);

        again(video, "{\"preset\": \"small\", \"normalise\": true}").statusCode(202);

        var row = videos.find(video).orElseThrow();
        assertThat(row.state).isEqualTo(VideoState.PROCESSING);
        assertThat(row.preset).isEqualTo(Preset.SMALL);
        assertThat(row.normalise).isTrue();
        again(video, "{}").statusCode(409).body("code", equalTo("cannot-encode-again"));
        when().get(api(video)).then().body("media.hls", endsWith("/1/master.m3u8"));
        workshop.runAll(video);
        when().get(api(video)).then().body("media.hls", endsWith("/2/master.m3u8"));
    }

    @Test
    void without_its_source_a_video_is_not_encoded_again() {
        VideoId video = workshop.upload("Dropped", footage);
        workshop.runAll(video);
        videos.dropSources(Instant.now().plusSeconds(1));

        again(video, "{}").statusCode(409).body("code", equalTo("cannot-encode-again"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"preset\": \"huge\"}",
                "{\"preset\": 1}",
                "{\"normalise\": \"yes\"}",
                "{\"quality\": \"best\"}",
            })
    void what_cannot_be_wished_for_is_refused_in_words(String body) {
        VideoId video = shown.playable("local", "Refused");

        again(video, body).statusCode(400).body("code", equalTo("invalid-value"));
        again(video, "[]").statusCode(400).body("code", equalTo("invalid-json"));
    }

    @Test
    void another_moment_becomes_the_poster() {
        VideoId video = workshop.upload("Poster", footage);
        workshop.runAll(video);
        String before = when().get(api(video)).jsonPath().getString("media.poster");

        poster(video, "{\"seconds\": 2.5}").statusCode(202);
        workshop.runAll(video);

        String after = when().get(api(video)).jsonPath().getString("media.poster");
        assertThat(after).isNotEqualTo(before);
        when().get(after).then().statusCode(200).contentType("image/jpeg");
        assertThat(videos.find(video).orElseThrow().posterSeconds).isEqualTo(2.5);
    }

    @Test
    void a_moment_that_does_not_exist_is_refused() {
        VideoId video = workshop.upload("Poster", footage);
        workshop.runAll(video);

        poster(video, "{\"seconds\": 99}").statusCode(400).body("code", equalTo("invalid-value"));
        poster(video, "{\"seconds\": \"2\"}").statusCode(400).body("code", equalTo("invalid-value"));
        poster(video, "{}").statusCode(400);
        poster(video, "{\"seconds\": 1, \"more\": 2}").statusCode(400);
    }

    @Test
    void somebody_elses_video_is_none() {
        VideoId foreign = shown.playable("somebody", "Private");

        when().get(api(foreign) + "/report").then().statusCode(404);
        again(foreign, "{}").statusCode(404);
        poster(foreign, "{\"seconds\": 1}").statusCode(404);
    }

    private static String api(VideoId video) {
        return "/api/v1/videos/" + video;
    }

    private static ValidatableResponse again(VideoId video, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(api(video) + "/encode-again")
                .then();
    }

    private static ValidatableResponse poster(VideoId video, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(api(video) + "/poster")
                .then();
    }
}
