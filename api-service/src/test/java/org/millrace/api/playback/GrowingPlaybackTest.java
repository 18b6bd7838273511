package org.millrace.api.playback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.api.ledger.Growth;
import org.millrace.api.ledger.GrowthLedger;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.testing.Footage;
import org.millrace.api.testing.Workshop;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.plan.PlanRequest;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;
import org.millrace.model.wire.WireFormat;
import org.millrace.store.MediaStore;

/** A video that is played while it is made, with real fragments. */
@QuarkusTest
class GrowingPlaybackTest {

    @TempDir
    static Path folder;

    private static Footage footage;

    @Inject
    Workshop workshop;

    @Inject
    VideoLedger videos;

    @Inject
    GrowthLedger growths;

    @Inject
    MediaStore store;

    @Inject
    Shown shown;

    private VideoId video;

    @BeforeEach
    void upload() {
        footage = footage == null ? Footage.of(folder, 640, 360, 10, "eng", "fre") : footage;
        video = workshop.upload("Growing", footage, footage.source().withSubtitles(3, "subrip"));
    }

    @Test
    void nothing_is_listed_before_there_is_picture_and_sound() {
        get("live/master.m3u8").then().statusCode(404);
        workshop.runChunks(video, "chunk-0");
        get("live/master.m3u8").then().statusCode(404);
        workshop.runParts(video, "audio-1", 1);
        get("live/master.m3u8").then().statusCode(200).contentType("application/vnd.apple.mpegurl");
        get("master.m3u8").then().statusCode(404);
        get("240p.m3u8").then().statusCode(404);
    }

    @Test
    void one_list_names_what_is_there_and_the_other_all_that_is_planned() {
        workshop.runChunks(video, "chunk-0");
        workshop.runParts(video, "audio-1", 2);

        assertThat(text("live/master.m3u8"))
                .contains("\n240p.m3u8\n", "\n360p.m3u8\n", "NAME=\"English\"")
                .doesNotContain("French");
        assertThat(text("live/all.m3u8"))
                .isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-START:TIME-OFFSET=0,PRECISE=YES
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-1.m3u8"
                        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="French",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="audio-2.m3u8"
                        #EXT-X-STREAM-INF:BANDWIDTH=543000,CODECS="%s,mp4a.40.2",RESOLUTION=426x240,FRAME-RATE=30.000,AUDIO="aud"
                        240p.m3u8
                        #EXT-X-STREAM-INF:BANDWIDTH=944000,CODECS="%s,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=30.000,AUDIO="aud"
                        360p.m3u8
                        """.formatted(first("240p").codecs(), first("360p").codecs()));
        get("live/audio-2.m3u8").then().statusCode(404);
    }

    @Test
    void a_list_is_only_added_to_and_ends_when_all_is_there() {
        workshop.runChunks(video, "chunk-0");
        workshop.runParts(video, "audio-1", 1);
        String before = text("live/360p.m3u8");
        assertThat(before).endsWith("../360p/0.m4s\n");

        workshop.run(video, "audio-2");
        workshop.runChunks(video, "chunk-1");
        assertThat(text("live/360p.m3u8")).isEqualTo(before);
        assertThat(text("live/audio-2.m3u8")).endsWith("#EXT-X-ENDLIST\n");
    }

    @Test
    void a_segment_is_the_same_before_and_after_the_pieces_are_joined() {
        workshop.runChunks(video, "chunk-0");
        workshop.run(video, "audio-1");
        Response before = get("360p/1.m4s");
        Response initBefore = get("360p/init.mp4");
        Response soundBefore = get("audio-1/1.m4s");

        workshop.runAll(video);
        Response after = get("360p/1.m4s");

        assertThat(growths.of(video, 1).orElseThrow().track("360p").pieces()).hasSize(1);
        assertAlike(before, after);
        assertAlike(initBefore, get("360p/init.mp4"));
        assertAlike(soundBefore, get("audio-1/1.m4s"));
        assertThat(before.contentType()).isEqualTo("video/mp4");
        assertThat(soundBefore.contentType()).isEqualTo("audio/mp4");
        assertThat(before.header("Cache-Control")).contains("immutable");
        get("360p/5.m4s").then().statusCode(404);
        get("480p/0.m4s").then().statusCode(404);
        get("live/0.m4s").then().statusCode(404);
        assertThat(text("live/360p.m3u8")).contains("../360p/4.m4s\n#EXT-X-ENDLIST\n");
    }

    @Test
    void all_segments_together_are_the_joined_file() {
        workshop.runAll(video);
        ByteArrayOutputStream played = new ByteArrayOutputStream();
        played.writeBytes(get("240p/init.mp4").asByteArray());
        for (int i = 0; i < 5; i++) {
            played.writeBytes(get("240p/" + i + ".m4s").asByteArray());
        }

        assertThat(played.toByteArray()).isEqualTo(get("240p.mp4").asByteArray());
    }

    @Test
    void a_range_of_a_segment_is_counted_from_its_first_byte() {
        workshop.runChunks(video, "chunk-0");
        workshop.run(video, "audio-1");
        byte[] whole = get("240p/1.m4s").asByteArray();

        Response part = given().header("Range", "bytes=4-7").get(url("240p/1.m4s"));

        part.then().statusCode(206).header("Content-Range", equalTo("bytes 4-7/" + whole.length));
        assertThat(part.asString()).isEqualTo("moof");
    }

    @Test
    void an_object_that_was_freed_a_moment_ago_is_looked_for_where_it_is_now() {
        workshop.runChunks(video, "chunk-0");
        workshop.run(video, "audio-1");
        byte[] before = get("240p/1.m4s").asByteArray();

        EncodedTrack piece = first("240p");
        ObjectKey joined = MediaLayout.set(video, 1).child("joined").child("240p.mp4");
        byte[] bytes = new byte[64 + (int) piece.sizeBytes()];
        byte[] old = get(piece.object());
        System.arraycopy(old, 0, bytes, 64, old.length);
        store.put(joined, bytes);
        publish(moved(piece, joined, 64));
        store.delete(piece.object());

        assertThat(get("240p/1.m4s").asByteArray()).isEqualTo(before);
    }

    @Test
    void lists_are_compressed_for_those_who_can_read_that_and_known_ones_not_sent_again() {
        workshop.runChunks(video, "chunk-0");
        workshop.run(video, "audio-1");
        Response all = given().header("Accept-Encoding", "br, gzip").get(url("live/all.m3u8"));
        assertThat(all.header("Content-Encoding")).isNull();
        assertThat(all.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(all.header("Cache-Control")).isEqualTo("private, no-cache");

        given().header("If-None-Match", all.header("ETag"))
                .get(url("live/all.m3u8"))
                .then()
                .statusCode(304);
        workshop.run(video, "audio-2");
        given().header("If-None-Match", get("live/audio-2.m3u8").header("ETag"))
                .get(url("live/audio-2.m3u8"))
                .then()
                .statusCode(304);
    }

    @Test
    void what_was_made_is_played_to_its_end_when_the_work_is_stopped() {
        workshop.runChunks(video, "chunk-0");
        workshop.run(video, "audio-1");
        videos.cancel(video);

        assertThat(text("live/master.m3u8")).contains("240p.m3u8", "360p.m3u8");
        assertThat(text("live/all.m3u8")).isEqualTo(text("live/master.m3u8"));
        assertThat(text("live/240p.m3u8")).contains("../240p/1.m4s\n#EXT-X-ENDLIST\n");
    }

    @Test
    void the_lists_that_grew_go_on_answering_while_another_set_is_made() {
        workshop.runAll(video);
        String before = text("live/240p.m3u8").replaceAll("#EXT-X-TARGET.*\n", "");
        byte[] segment = get("240p/3.m4s").asByteArray();
        videos.encodeAgain(video, PlanRequest.Wishes.DEFAULT);

        assertThat(text("live/240p.m3u8").replaceAll("#EXT-X-TARGET.*\n", "")).isEqualTo(before);
        assertThat(get("240p/3.m4s").asByteArray()).isEqualTo(segment);
        assertThat(text("live/master.m3u8")).contains("NAME=\"French\"", "240p.m3u8", "subtitles-3.m3u8");
        given().get("/media/" + video + "/2/live/master.m3u8").then().statusCode(404);
    }

    @Test
    void a_finished_set_has_its_languages_subtitles_and_small_pictures() {
        workshop.runAll(video);

        assertThat(text("master.m3u8"))
                .contains("NAME=\"English\",LANGUAGE=\"en\",DEFAULT=YES", "NAME=\"French\",LANGUAGE=\"fr\",DEFAULT=NO")
                .contains("TYPE=SUBTITLES,GROUP-ID=\"sub\",NAME=\"English\"", "URI=\"subtitles-3.m3u8\"")
                .contains("DATA-ID=\"org.millrace.thumbnails\",VALUE=\"storyboard.vtt\"")
                .contains("AVERAGE-BANDWIDTH=", "AUDIO=\"aud\",SUBTITLES=\"sub\"\n");
        assertThat(text("subtitles-3.m3u8")).contains("\nsubtitles-3.vtt\n");
        get("subtitles-3.vtt").then().statusCode(200).contentType("text/vtt");
        assertThat(text("storyboard.vtt")).startsWith("WEBVTT\n").contains("storyboard.jpg#xywh=160,0,160,90");
        get("storyboard.jpg").then().statusCode(200).contentType("image/jpeg");
        get("clip.mp4").then().statusCode(200).contentType("video/mp4");
        get("manifest.json").then().statusCode(404);
        get("manifest.vtt").then().statusCode(404);
        for (String list : List.of("240p.m3u8", "360p.m3u8", "audio-1.m3u8", "audio-2.m3u8")) {
            assertThat(text(list)).contains("#EXT-X-TARGETDURATION:2\n");
        }
    }

    @Test
    void a_poster_is_kept_for_ever_only_under_the_address_that_names_its_version() {
        workshop.runAll(video);
        String poster = given().get("/api/v1/videos/" + video).jsonPath().getString("media.poster");

        assertThat(poster).matches(".*/poster\\.jpg\\?v=[0-9a-f]{12}");
        assertThat(given().get(poster).header("Cache-Control")).contains("immutable");
        assertThat(get("poster.jpg").header("Cache-Control")).contains("no-cache");
        assertThat(given().get(url("poster.jpg?v=0123456789ab")).header("Cache-Control"))
                .contains("no-cache");
    }

    private static void assertAlike(Response before, Response after) {
        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(after.header("Content-Length")).isEqualTo(before.header("Content-Length"));
        assertThat(after.contentType()).isEqualTo(before.contentType());
        assertThat(after.asByteArray()).isEqualTo(before.asByteArray());
    }

    private EncodedTrack first(String name) {
        Growth growth = growths.of(video, 1).orElseThrow();
        return growth.track(name).pieces().getFirst();
    }

    /** As if it had been joined, but that nobody is told. */
    private void publish(EncodedTrack track) {
        shown.change(video, () -> {
            PublishedRow row = new PublishedRow();
            row.videoId = video.value();
            row.setNumber = 1;
            row.name = track.name();
            row.kind = PublishedRow.Kind.VIDEO;
            row.objectKey = track.object().value();
            row.sizeBytes = track.sizeBytes();
            row.track = WireFormat.write(track);
            row.persist();
        });
    }

    private static EncodedTrack moved(EncodedTrack track, ObjectKey object, int by) {
        return new EncodedTrack(
                track.name(),
                object,
                track.sizeBytes() + by,
                track.sha256(),
                track.codecs(),
                track.width(),
                track.height(),
                track.timescale(),
                track.initBytes() + by,
                track.initSha256(),
                track.fragments().stream()
                        .map(it -> new Fragment(it.offset() + by, it.size(), it.duration(), it.samples()))
                        .toList(),
                0L,
                track.init());
    }

    private byte[] get(ObjectKey object) {
        try (var in = store.read(object)) {
            return in.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Response get(String name) {
        return given().get(url(name));
    }

    private String text(String name) {
        return get(name).then().statusCode(200).extract().asString();
    }

    private String url(String name) {
        return "/media/" + video + "/1/" + name;
    }
}
