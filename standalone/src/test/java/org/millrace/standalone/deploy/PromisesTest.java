package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/promises.md} promises is proved by tests that exist. */
class PromisesTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!promise|-)([^|]+) \\| ([^|]*) \\| ([^|]*)\\|$");

    @Test
    void every_promise_names_tests_and_each_of_them_exists() throws IOException {
        Map<String, List<Path>> tests = tests();
        List<String> unproved = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        ROW.matcher(Repository.text("docs/promises.md")).results().forEach(row -> {
            if (!NAMED.matcher(row.group(2)).find()) {
                unproved.add(row.group(1));
            }
            missing.addAll(missing(row.group(2), tests));
        });
        assertThat(ROW.matcher(Repository.text("docs/promises.md")).results()).hasSizeGreaterThan(20);
        assertThat(unproved).isEmpty();
        assertThat(missing).isEmpty();
    }

    @Test
    void a_test_that_does_not_exist_is_found() throws IOException {
        Map<String, List<Path>> tests = tests();
        assertThat(missing("`PromisesTest.a_test_that_does_not_exist_is_found`", tests))
                .isEmpty();
        assertThat(missing("`PromisesTest.all_is_well`, `NowhereTest.at_all`", tests))
                .hasSize(2);
    }

    private static List<String> missing(String cell, Map<String, List<Path>> tests) {
        return NAMED.matcher(cell)
                .results()
                .filter(named -> tests.getOrDefault(named.group(1), List.of()).stream()
                        .noneMatch(file -> holds(file, named.group(2))))
                .map(named -> named.group())
                .toList();
    }

    /** The formatter keeps a method and its annotations together, and an empty line before them. */
    private static boolean holds(Path file, String method) {
        try {
            return Stream.of(Files.readString(file).split("\\n\\n"))
                    .filter(paragraph -> paragraph.contains(" void " + method + "("))
                    .anyMatch(paragraph -> paragraph.contains("@Test") || paragraph.contains("@ParameterizedTest"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<Path>> tests() throws IOException {
        try (Stream<Path> all = Files.walk(Repository.root())) {
            return all.filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", "")));
        }
    }
}
