package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Patient;
import org.millrace.standalone.testbed.Program;

/** Two processes on one SQLite ledger would each believe that they alone dispatch. */
@Patient
class SecondProcessIT {

    @TempDir
    Path folder;

    @Test
    void a_second_process_on_the_same_data_folder_refuses_to_start_and_says_why() {
        try (Program first = standalone().awaitHealth("ready")) {
            Program second = standalone();
            Awaitility.await("the second one gives up")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !second.handle().isAlive());
            assertThat(second.log())
                    .containsOnlyOnce("Millrace cannot start: Another Millrace already uses the data folder")
                    .contains("MILLRACE_HOME")
                    .doesNotContainPattern("(?m)^\\s+at ");
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(first.client().isUp("ready")).isTrue();
        }
    }

    private Program standalone() {
        return Program.of("standalone")
                .with("millrace.home", folder.resolve("home"))
                .start(folder);
    }
}
