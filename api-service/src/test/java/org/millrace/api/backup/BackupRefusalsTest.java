package org.millrace.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not backed up, or not there. */
class BackupRefusalsTest {

    @TempDir
    Path folder;

    private Library library;
    private Path backup;

    @BeforeEach
    void an_empty_library() throws Exception {
        library = Library.in(folder.resolve("home"));
        backup = folder.resolve("backup");
    }

    @Test
    void a_folder_with_something_else_is_refused() throws Exception {
        Files.createDirectories(backup);
        Files.writeString(backup.resolve("holiday.jpg"), "");
        assertThatThrownBy(() -> library.backUp(backup))
                .isInstanceOf(Unable.class)
                .hasMessageContaining("holds something else (holiday.jpg)");
    }

    @Test
    void the_backup_of_another_installation_is_not_replaced() throws Exception {
        library.backUp(backup);
        Library other = Library.in(folder.resolve("other"));
        assertThatThrownBy(() -> other.backUp(backup))
                .isInstanceOf(Unable.class)
                .hasMessageContaining("is one of " + library.installation().home());
    }

    @Test
    void without_a_library_there_is_nothing_to_back_up() {
        Library none = Library.of(folder.resolve("nowhere"));
        assertThatThrownBy(() -> none.backUp(backup))
                .isInstanceOf(Unable.class)
                .hasMessageContaining("There is no library in ");
        assertThat(backup).doesNotExist();
    }

    @Test
    void an_installation_of_other_parts_is_refused_and_where_to_read_is_said() {
        for (Map<String, String> settings : List.of(
                Map.of("millrace.home", "/srv/m", "millrace.store.kind", "s3"),
                Map.of(
                        "millrace.home",
                        "/srv/m",
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://localhost/millrace"))) {
            assertThatThrownBy(() -> installation(settings))
                    .isInstanceOf(Unable.class)
                    .hasMessageContaining("docs/operations.md");
        }
        assertThat(installation(Map.of("millrace.home", "/srv/m", "millrace.store.local.path", "/media")))
                .isEqualTo(new Installation(Path.of("/srv/m"), Path.of("/srv/m/millrace.db"), Path.of("/media")));
    }

    private static Installation installation(Map<String, String> settings) {
        return Installation.of(
                new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(settings, "test", 400)));
    }
}
