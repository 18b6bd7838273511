package org.millrace.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;

class ObjectKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a/.b", "A", "a b", "a\nb", "ä", "a\\b"})
    void nothing_but_a_plain_relative_name_is_a_key(String value) {
        assertThatThrownBy(() -> new ObjectKey(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everything_of_a_video_lies_below_it() {
        VideoId video = VideoId.random();
        ObjectKey root = MediaLayout.video(video);
        assertThat(MediaLayout.source(video).isUnder(root)).isTrue();
        assertThat(MediaLayout.attempt(video, TaskId.random(), AttemptId.random())
                        .isUnder(MediaLayout.work(video)))
                .isTrue();
        assertThat(MediaLayout.published(video, 1, AttemptId.random()).isUnder(MediaLayout.set(video, 1)))
                .isTrue();
        assertThat(MediaLayout.set(video, 12).isUnder(MediaLayout.set(video, 1)))
                .isFalse();
    }

    @Test
    void identifiers_are_random_and_can_be_told_from_other_text() {
        assertThat(VideoId.random()).isNotEqualTo(VideoId.random());
        assertThat(VideoId.isValid(VideoId.random().value())).isTrue();
        assertThat(VideoId.isValid("../../etc/passwd")).isFalse();
        assertThat(VideoId.isValid(null)).isFalse();
    }
}
