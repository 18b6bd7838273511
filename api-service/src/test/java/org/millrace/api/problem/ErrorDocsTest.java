package org.millrace.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.millrace.model.message.FailureCode;

class ErrorDocsTest {

    private static final Path DOCS = Path.of("..", "docs", "errors.md");

    @Test
    void every_refusal_of_the_api_stands_in_the_table_with_its_status() throws IOException {
        TreeMap<String, String> coded = new TreeMap<>();
        Arrays.stream(ErrorCode.values()).forEach(code -> coded.put(code.slug(), "" + code.status()));

        assertThat(table("API", "\\| \\[`([a-z-]+)`]\\(#\\1\\) \\| (\\d{3}) \\|"))
                .isEqualTo(coded);
    }

    @Test
    void every_failure_of_a_video_stands_in_the_table_with_its_state_and_sentence() throws IOException {
        TreeMap<String, String> coded = new TreeMap<>();
        Arrays.stream(FailureCode.values())
                .forEach(code ->
                        coded.put(code.slug(), (code.isRejection() ? "REJECTED" : "FAILED") + " | " + code.sentence()));

        assertThat(table("videos", "\\| \\[`([a-z-]+)`]\\(#\\1\\) \\| ([A-Z]+ \\| [^|]+?) \\|"))
                .isEqualTo(coded);
    }

    @Test
    void every_code_has_a_heading_to_link_to_and_no_heading_is_left_over() throws IOException {
        List<String> headings = Pattern.compile("(?m)^### ([a-z-]+)$")
                .matcher(Files.readString(DOCS))
                .results()
                .map(found -> found.group(1))
                .toList();
        List<String> slugs = java.util.stream.Stream.concat(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::slug),
                        Arrays.stream(FailureCode.values()).map(FailureCode::slug))
                .distinct()
                .toList();

        assertThat(headings).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(slugs);
    }

    @Test
    void codes_are_unique() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::slug)).doesNotHaveDuplicates();
    }

    /** First and second group of every row in the section whose heading holds this word. */
    private static TreeMap<String, String> table(String heading, String row) throws IOException {
        String section = Arrays.stream(Files.readString(DOCS).split("(?m)^## "))
                .filter(text -> text.lines().findFirst().orElse("").contains(heading))
                .findFirst()
                .orElseThrow();
        TreeMap<String, String> rows = new TreeMap<>();
        for (MatchResult found : Pattern.compile(row).matcher(section).results().toList()) {
            rows.put(found.group(1), found.group(2));
        }
        return rows;
    }
}
