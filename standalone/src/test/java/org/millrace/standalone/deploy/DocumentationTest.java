package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.model.ladder.Ladder;
import org.millrace.model.ladder.Preset;

/** What the documentation states and the code holds too is the same in both. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern KEY_ROW = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\|");

    @Test
    void every_key_of_ours_is_described_and_every_described_key_exists() {
        Set<String> described = new TreeSet<>();
        KEY_ROW.matcher(Repository.text("docs/configuration.md")).results().forEach(row -> described.add(row.group(1)));
        Set<String> existing = ConfigKeys.all();
        assertThat(described).isSubsetOf(existing);
        assertThat(described)
                .containsAll(existing.stream()
                        .filter(key -> key.startsWith("millrace."))
                        .toList());
    }

    @Test
    void the_ladder_is_described_as_it_is_computed() {
        List<String> rows = Ladder.rungs(3840, 2160, 30, Preset.BALANCED).stream()
                .map(rung ->
                        "| %s | %d × %d | %d |".formatted(rung.name(), rung.width(), rung.height(), rung.maxrateKbit()))
                .toList();
        assertThat(Repository.text("docs/formats.md").lines().filter(line -> line.matches("\\| \\d+p .*")))
                .containsExactlyElementsOf(rows);
    }

    @Test
    void every_link_between_documents_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            LINK.matcher(Files.readString(document))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !target.startsWith("http"))
                    .filter(target -> !Files.exists(document.resolveSibling(target)))
                    .forEach(target -> broken.add(Repository.root().relativize(document) + " → " + target));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void the_readme_is_short_and_shows_both_commands_first() {
        List<String> lines = Repository.text("README.md").lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(90);
        assertThat(String.join("\n", lines.subList(0, 30))).contains("./millrace up", "./millrace test");
    }

    @Test
    void every_package_that_the_readme_names_exists() {
        Pattern.compile("`(org\\.millrace\\.[a-z0-9.]+)`")
                .matcher(Repository.text("README.md"))
                .results()
                .map(found -> found.group(1).replace('.', '/'))
                .forEach(folder -> assertThat(Stream.of(
                                "shared-model", "media-store", "api-service", "transcode-worker", "standalone"))
                        .as(folder)
                        .anyMatch(module -> Files.exists(
                                Repository.file(module + "/src/main/java/" + folder + "/package-info.java"))));
    }

    @Test
    void a_decision_says_its_status_its_context_its_consequences_and_what_was_rejected() throws IOException {
        String list = Repository.text("docs/decisions/README.md");
        for (Path document : documents()) {
            String name = document.getFileName().toString();
            if (name.matches("\\d{4}-.*")) {
                assertThat(list).contains("(" + name + ")");
                assertThat(Files.readString(document))
                        .as(name)
                        .contains("**Status.**", "**Context.**", "**Decision.**", "**Consequences.**", "**Rejected.**");
            }
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(Repository.file("docs"))) {
            return Stream.concat(
                            Stream.of(Repository.file("README.md"), Repository.file("CONTRIBUTING.md")),
                            docs.filter(path -> path.toString().endsWith(".md")).toList().stream())
                    .toList();
        }
    }
}
