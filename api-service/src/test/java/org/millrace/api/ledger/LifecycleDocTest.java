package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/job-lifecycle.md} say what the enums say. */
class LifecycleDocTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z]+)`");

    @Test
    void the_moves_of_a_task_are_documented() throws IOException {
        Map<String, Set<String>> code =
                Arrays.stream(TaskState.values()).collect(Collectors.toMap(Enum::name, state -> names(state.next())));
        assertThat(table("## States of a task")).isEqualTo(code);
    }

    @Test
    void the_moves_of_a_video_are_documented() throws IOException {
        Map<String, Set<String>> code =
                Arrays.stream(VideoState.values()).collect(Collectors.toMap(Enum::name, state -> names(state.next())));
        assertThat(table("## States of a video")).isEqualTo(code);
    }

    @Test
    void only_moves_of_the_table_are_legal() {
        for (TaskState from : TaskState.values()) {
            for (TaskState to : TaskState.values()) {
                assertThat(from.mayBecome(to)).isEqualTo(from.next().contains(to));
            }
        }
        assertThat(TaskState.DONE.next()).isEmpty();
    }

    private static Set<String> names(Set<? extends Enum<?>> states) {
        return states.stream().map(Enum::name).collect(Collectors.toSet());
    }

    private static Map<String, Set<String>> table(String heading) throws IOException {
        String page = Files.readString(Path.of("../docs/job-lifecycle.md"));
        String section = page.substring(page.indexOf(heading) + heading.length());
        section = section.substring(0, section.indexOf("\n## "));
        Map<String, Set<String>> rows = new TreeMap<>();
        for (String line : section.split("\n")) {
            String[] cells = line.split("\\|");
            if (cells.length >= 3 && cells[1].trim().startsWith("`")) {
                rows.put(names(cells[1]).iterator().next(), cells.length > 3 ? names(cells[3]) : Set.of());
            }
        }
        return rows;
    }

    private static Set<String> names(String cell) {
        Matcher matcher = NAME.matcher(cell);
        return matcher.results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
