package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource({"deu, de, German", "ger, de, German", "FRE, fr, French", "en, en, English", "haw, haw, Hawaiian"})
    void codes_of_every_kind_become_the_shortest_tag(String code, String tag, String name) {
        assertThat(Language.tagOrNull(code)).isEqualTo(tag);
        assertThat(Language.name(tag)).isEqualTo(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"und", "", "\"\n", "x"})
    void what_says_nothing_has_no_tag(String code) {
        assertThat(Language.tagOrNull(code)).isNull();
    }
}
