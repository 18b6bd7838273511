package org.millrace.api.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTextTest {

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "..\\..\\boot.ini, boot.ini",
        "/absolute/a.mp4, a.mp4",
        "C:\\Users\\me\\a.mp4, a.mp4",
        "a.mp4, a.mp4",
        "'..', '..'",
        "'', ''",
    })
    void a_file_name_loses_its_folders(String given, String kept) {
        assertThat(DisplayText.fileName(given)).isEqualTo(kept);
    }

    @Test
    void what_cannot_be_seen_is_removed() {
        assertThat(DisplayText.line("a\u0000b\u001b[31m\r\nc\u2028d", 100)).isEqualTo("a b [31m c d");
        assertThat(DisplayText.line("\u202Egnp.4pm\u202C\u2066x\u2069\uFEFF", 100))
                .isEqualTo("gnp.4pmx");
        assertThat(DisplayText.line("\uD83Cx\uDFAC", 100)).isEqualTo("x");
    }

    @Test
    void every_alphabet_and_every_symbol_stays() {
        String text = "Žluťoučký кот עברית عربي 日本語 한국어 👩‍👩‍👧 \"'<>&%$;`|";
        assertThat(DisplayText.line(text, 200)).isEqualTo(text);
    }

    @Test
    void long_text_is_cut_between_characters() {
        assertThat(DisplayText.line("🎬".repeat(300), 200)).isEqualTo("🎬".repeat(200));
        assertThat(DisplayText.fileName("é".repeat(300))).hasSize(255);
    }

    @Test
    void a_title_is_the_wish_or_the_name_of_the_file_or_untitled() {
        assertThat(DisplayText.title(" My film ", "x.mp4")).isEqualTo("My film");
        assertThat(DisplayText.title(null, "my_holiday.2024.mp4")).isEqualTo("my holiday.2024");
        assertThat(DisplayText.title("\u0000 ", ".mp4")).isEqualTo("Untitled");
        assertThat(DisplayText.title(null, "")).isEqualTo("Untitled");
        assertThat(DisplayText.title(null, "no ending")).isEqualTo("no ending");
    }

    @Test
    void lines_stay_lines() {
        assertThat(DisplayText.lines(" a\r\nb\rc\n\td\u0007 ", 100)).isEqualTo("a\nb\nc\n\td");
    }
}
