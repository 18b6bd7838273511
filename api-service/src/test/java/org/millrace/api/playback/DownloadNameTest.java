package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Holiday|Holiday.mp4",
                "../../etc/passwd|etc passwd.mp4",
                "..|video.mp4",
                "C:\\x\\y|C x y.mp4",
                "a\"b;c|a b c.mp4",
                "  spaced   out . |spaced out.mp4",
            })
    void a_title_becomes_a_plain_file_name(String title, String name) {
        assertThat(DownloadName.fileName(title)).isEqualTo(name);
    }

    @Test
    void an_empty_title_still_has_a_name() {
        assertThat(DownloadName.fileName("\u202e\u0000\r\n")).isEqualTo("video.mp4");
    }

    @Test
    void other_alphabets_arrive_whole_and_old_clients_get_something() {
        assertThat(DownloadName.disposition("Füße 映画 100%"))
                .isEqualTo("attachment; filename=\"Fu_e __ 100_.mp4\";"
                        + " filename*=UTF-8''F%C3%BC%C3%9Fe%20%E6%98%A0%E7%94%BB%20100%25.mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nSet-Cookie: a=b", "\"; filename=evil.exe", "a\u0000b\u0085c\u2028d", "'%0d%0aX: y"})
    void no_title_breaks_out_of_the_header(String title) {
        assertThat(DownloadName.disposition(title))
                .matches(
                        "attachment; filename=\"[\\x20-\\x7e&&[^\"\\\\]]+\\.mp4\"; filename\\*=UTF-8''[!#$&+.^_`|~%\\w-]+\\.mp4");
    }

    @Test
    void a_long_title_is_cut_between_characters() {
        String name = DownloadName.fileName("🎬".repeat(300));

        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(184);
        assertThat(name).matches("(🎬)+\\.mp4");
    }
}
