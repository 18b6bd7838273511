package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.model.id.VideoId;

class MediaPathTest {

    private static final String ID = "abcdefghijklmnopqrstuvwx23";

    @Test
    void a_path_names_a_video_a_set_and_an_object() {
        assertThat(MediaPath.parse("/media/" + ID + "/7/audio-1.m3u8"))
                .contains(new MediaPath(new VideoId(ID), 7, "audio-1", MediaPath.Form.M3U8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "master.m3u8",
                "720p.m3u8",
                "720p.mp4",
                "video.mp4",
                "poster.jpg",
                "storyboard.vtt",
                "live/all.m3u8",
                "live/720p.m3u8",
                "720p/init.mp4",
                "audio-1/0.m4s"
            })
    void a_path_reads_back_as_its_url(String name) {
        String url = "/media/" + ID + "/1/" + name;

        assertThat(MediaPath.parse(url).orElseThrow().url()).isEqualTo(url);
    }

    @Test
    void a_segment_is_known_by_its_number() {
        assertThat(segment("720p/0.m4s")).isZero();
        assertThat(segment("720p/1799.m4s")).isEqualTo(1799);
        assertThat(segment("720p/01.m4s")).isNull();
        assertThat(segment("720p/one.m4s")).isNull();
        assertThat(segment("720p/999999999.m4s")).isNull();
        assertThat(segment("live/1.m4s")).isNull();
        assertThat(segment("1.m4s")).isNull();
        assertThat(segment("720p/1.mp4")).isNull();
    }

    private static Integer segment(String name) {
        return MediaPath.parse("/media/" + ID + "/1/" + name).orElseThrow().segmentOrNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/media/",
                "/media/" + ID,
                "/media/" + ID + "/1/",
                "/media/" + ID + "/0/720p.mp4",
                "/media/" + ID + "/01/720p.mp4",
                "/media/" + ID + "/-1/720p.mp4",
                "/media/" + ID + "/9999999999/720p.mp4",
                "/media/" + ID + "/1/720p.mkv",
                "/media/" + ID + "/1/720P.mp4",
                "/media/" + ID + "/1/../1/720p.mp4",
                "/media/" + ID + "/1/..%2f720p.mp4",
                "/media/" + ID + "/1/720p%2emp4",
                "/media/" + ID + "/1/.mp4",
                "/media/" + ID + "/1/720p.mp4/",
                "/media/" + ID + "/1/720p.mp4\n",
                "/media/" + ID + "/1//720p.mp4",
                "/media/" + ID + "/1/720p/live/1.m4s",
                "/media/" + ID + "/1/../720p/1.m4s",
                "/media/" + ID + "/1/720p/-1.ts",
                "/media//" + ID + "/1/720p.mp4",
                "/media/" + ID + "/1/a\\..\\b.mp4",
                "/media/ABCDEFGHIJKLMNOPQRSTUVWX23/1/720p.mp4",
            })
    void anything_else_is_no_path(String path) {
        assertThat(MediaPath.parse(path)).isEmpty();
    }
}
