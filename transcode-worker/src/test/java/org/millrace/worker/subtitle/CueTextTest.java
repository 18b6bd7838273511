package org.millrace.worker.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CueTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, world | Hello, world",
                "<i>soft</i> and <b>loud</b> | <i>soft</i> and <b>loud</b>",
                "<i>never closed | <i>never closed</i>",
                "closed only</i> | closed only",
                "<b><i>crossed</b></i> | <b><i>crossed</i></b>",
                "<i><i>twice</i></i> | <i>twice</i>",
                "<font color=red>red</font> | red",
                "<c.loud.yellow>class</c> | class",
                "<v Roger Bingham>voice | voice",
                "<lang en>words</lang> | words",
                "<00:00:01.000>karaoke | karaoke",
                "<script>alert(1)</script> | alert(1)",
                "<img src=x onerror=alert(1)>look | look",
                "<b onclick=evil()>bold</b> | <b>bold</b>",
                "1 < 2 & 3 > 2 | 1 &lt; 2 &amp; 3 &gt; 2",
                "&lt;script&gt; stays text | &lt;script&gt; stays text",
                "&amp;lt; stays what it was | &amp;lt; stays what it was",
                "00:01.000 --> 00:02.000 in the text | 00:01.000 --&gt; 00:02.000 in the text",
                "<<b>odd</b>> | &lt;<b>odd</b>&gt;"
            })
    void only_plain_text_and_three_tags_survive(String raw, String safe) {
        assertThat(CueText.safe(raw)).isEqualTo(safe);
    }

    @org.junit.jupiter.api.Test
    void nothing_but_tags_and_blanks_is_nothing() {
        assertThat(CueText.safe("<i> </i>\n<b></b>")).isEmpty();
        assertThat(CueText.safe("\u0000\u0007\u001b")).isEmpty();
    }

    @org.junit.jupiter.api.Test
    void an_endless_text_is_cut() {
        assertThat(CueText.safe("<i>" + "x".repeat(100_000)))
                .hasSizeBetween(2000, 2010)
                .endsWith("</i>");
        assertThat(CueText.safe("<".repeat(100_000))).hasSizeLessThan(2010);
    }
}
