package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.standalone.deploy.Shell.Run;

/** What {@code ./millrace} says before and after the work, in bash itself. */
class LauncherTest {

    @TempDir
    Path folder;

    @Test
    void without_arguments_it_explains_itself() throws Exception {
        Run run = millrace(Map.of());
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains(
                        "./millrace up",
                        "./millrace test",
                        "./millrace doctor",
                        "./millrace verify",
                        "./millrace backup DIR",
                        "./millrace restore",
                        "./millrace corpus DIR",
                        "./millrace compose-test",
                        "MILLRACE_PORT");
    }

    @Test
    void every_command_it_explains_exists() throws Exception {
        String text = Repository.text("millrace");
        millrace(Map.of())
                .output()
                .lines()
                .filter(line -> line.startsWith("  ./millrace "))
                .map(line -> line.strip().split(" ")[1])
                .forEach(command -> assertThat(text).contains("    " + command + ") "));
    }

    @Test
    void an_unknown_command_is_refused_with_a_sentence() throws Exception {
        Run run = millrace(Map.of(), "dwon");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("millrace: There is no command \"dwon\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "080", "http", "-1", "123456"})
    void a_port_that_is_none_is_refused_with_a_sentence(String port) throws Exception {
        Run run = millrace(Map.of("MILLRACE_PORT", port), "up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .isEqualToIgnoringNewLines(
                        "millrace: MILLRACE_PORT must be a number from 1 to 65535, not \"" + port + "\".");
    }

    @Test
    void a_port_that_is_taken_is_said_at_once() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Run run = millrace(Map.of("MILLRACE_PORT", port, "MILLRACE_HOME", folder.toString()), "up");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.lastLine()).startsWith("millrace: Port " + port + " is taken by another program");
        }
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_said_at_once() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        String home = file.resolve("home").toString();
        Run run = millrace(Map.of("MILLRACE_PORT", "1", "MILLRACE_HOME", home), "up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("millrace: The data folder " + home + " cannot be written");
    }

    @Test
    void a_corpus_without_manifest_is_refused_with_a_sentence() throws Exception {
        Run run = millrace(Map.of(), "corpus", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine()).startsWith("millrace: There is no MANIFEST.tsv in " + folder);
    }

    @Test
    void a_document_for_the_table_that_is_not_there_is_refused_with_a_sentence() throws Exception {
        String document = folder.resolve("formats.md").toString();
        Run run = millrace(Map.of(), "corpus", folder.toString(), "--formats", document);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine()).startsWith("millrace: " + document + " cannot be written");
    }

    @Test
    void without_a_product_and_without_a_library_there_is_nothing_to_verify() throws Exception {
        Run run = millrace(Map.of("MILLRACE_PORT", "1", "MILLRACE_HOME", folder.toString()), "verify");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine())
                .startsWith("millrace: Nothing answers at http://127.0.0.1:1, and there is no library in " + folder);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "backup, --fast, backup takes one folder: ./millrace backup DIR",
        "restore, '', restore takes one folder: ./millrace restore [--partly] DIR",
        "backup, b, There is no library in",
        "restore, b, There is no whole backup in b"
    })
    void a_backup_that_cannot_be_is_refused_with_a_sentence(String what, String of, String why) throws Exception {
        Run run = millrace(Map.of("MILLRACE_HOME", folder + "/no"), what, of);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine()).startsWith("millrace: " + why);
    }

    @Test
    void a_product_that_runs_is_verified_where_it_runs() throws Exception {
        try (FakeProduct product = new FakeProduct()) {
            product.check("", false);
            String port = product.url().replaceFirst(".*:", "");
            Run run = millrace(Map.of("MILLRACE_PORT", port, "MILLRACE_HOME", folder.toString()), "verify", "--deep");
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(product.checked()).isEqualTo("POST deep=true");
        }
    }

    @Test
    void a_chaos_that_is_asked_for_something_else_is_refused_with_a_sentence() throws Exception {
        Run run = millrace(Map.of(), "chaos", "--harder");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine())
                .startsWith("millrace: chaos does not know \"--harder\": ./millrace chaos [--minutes N]");
    }

    @Test
    void a_bench_that_is_asked_for_something_else_is_refused_with_a_sentence() throws Exception {
        Run run = millrace(Map.of(), "bench", "--fast");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.lastLine()).startsWith("millrace: bench does not know \"--fast\": ./millrace bench [--quick]");
    }

    @ParameterizedTest
    @CsvSource({
        "3.8.7, 3.8.6, true",
        "3.8.6, 3.8.6, true",
        "3.8.5, 3.8.6, false",
        "3.10, 3.9.9, true",
        "4, 3.8.6, true",
        "18.0.0-rc1, 18.0.0, true",
        "57.17, 57.28.0, false",
        "'', 1.0, false"
    })
    void versions_are_compared_number_by_number(String have, String wanted, boolean enough) throws Exception {
        Run run = parts("at_least '" + have + "' '" + wanted + "'");
        assertThat(run.exitCode() == 0).isEqualTo(enough);
    }

    @Test
    void without_a_jdk_the_remedy_is_said() throws Exception {
        Run run = parts("jdk_candidates() { :; }; check_tools up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).contains("needs a JDK 21 or newer", "https://adoptium.net", "JAVA_HOME");
    }

    @Test
    void an_old_ffmpeg_is_recognised_by_its_library() throws Exception {
        program("ffmpeg", "echo 'ffmpeg version N-104000-gabcdef'; echo 'libavutil      57.  7.100 / 57.  7.100'");
        program("ffprobe", "true");
        Run run = parts("PATH='" + folder + "':$PATH; check_tools up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("millrace: Millrace needs ffmpeg and ffprobe 5.1 or newer");
    }

    @Test
    void an_old_maven_is_refused() throws Exception {
        program("mvn", "echo 'Apache Maven 3.6.3 (cecedd343002696d0abb50b32b541b8a6ba2883f)'");
        Run run = parts("PATH='" + folder + "':$PATH; check_tools up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("millrace: Millrace needs Maven 3.8.6 or newer");
    }

    @Test
    void a_change_of_any_source_makes_the_program_stale() throws Exception {
        Path source = folder.resolve("module/src/main/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        Files.writeString(folder.resolve("module/pom.xml"), "<project/>");
        Files.writeString(source, "one");
        String before = parts("ROOT='" + folder + "'; source_sum").output();
        String again = parts("ROOT='" + folder + "'; source_sum").output();
        Files.writeString(source, "two");
        String after = parts("ROOT='" + folder + "'; source_sum").output();
        assertThat(before).isNotBlank().isEqualTo(again).isNotEqualTo(after);
    }

    @Test
    void the_summary_counts_what_the_reports_say_and_names_the_slowest() throws Exception {
        report("module/target/surefire-reports/TEST-a.xml", """
                <testsuite tests="4">
                  <testcase name="quick" classname="a.A" time="0.01"/>
                  <testcase name="slow" classname="a.A" time="1,002.5">
                    <system-out><![CDATA[looks like
                  <testcase name="ghost" classname="a.A" time="9"/>
                <failure ]]></system-out>
                  </testcase>
                  <testcase name="broken" classname="a.A" time="0.2">
                    <failure message="no" type="x"><![CDATA[trace
                at line]]></failure>
                  </testcase>
                  <testcase name="left" classname="a.A" time="0"><skipped/></testcase>
                </testsuite>
                """);
        report("module/target/failsafe-reports/TEST-b.xml", """
                <testsuite tests="1">
                  <testcase name="crashed" classname="b.BIT" time="3"><error type="x">trace</error></testcase>
                </testsuite>
                """);
        Run run = parts("ROOT='" + folder + "'; summary 61");
        assertThat(run.lastLine()).isEqualTo("2 passed, 2 failed, 1 skipped");
        assertThat(run.output())
                .contains("Total time 1 min 01 s", "1002.5 s  a.A.slow", "failed: b.BIT.crashed", "skipped: a.A.left")
                .doesNotContain("ghost");
    }

    @Test
    void a_summary_of_thousands_of_tests_is_told_to_its_end() throws Exception {
        StringBuilder suite = new StringBuilder("<testsuite>\n");
        for (int i = 0; i < 5_000; i++) {
            suite.append("  <testcase name=\"a_sentence_that_says_what_holds_").append(i);
            suite.append("\" classname=\"org.millrace.some.place.SomeTest\" time=\"")
                    .append(i)
                    .append("\"/>\n");
        }
        report("module/target/surefire-reports/TEST-many.xml", suite + "</testsuite>\n");
        Run run = parts("ROOT='" + folder + "'; summary 1");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lastLine()).isEqualTo("5000 passed, 0 failed, 0 skipped");
    }

    @ParameterizedTest
    @CsvSource({"passed, true, 0", "skipped, '', 0", "skipped, true, 1", "none, '', 1"})
    void a_run_is_judged_by_its_reports_too(String result, String ci, int exitCode) throws Exception {
        // Maven itself is content; its reports decide.
        String testcase = "<testcase name=\"t\" classname=\"c\" time=\"1\">"
                + (result.equals("skipped") ? "<skipped/>" : "") + "</testcase>";
        String more = "<testcase name=\"u\" classname=\"c\" time=\"1\"/>";
        Path target = folder.resolve("module/target/surefire-reports");
        String maven = result.equals("none")
                ? "maven() { :; }"
                : "maven() { mkdir -p '" + target + "'; printf '%s\\n' '" + more + "' '" + testcase + "' >'" + target
                        + "/TEST-c.xml'; }";
        Run run = parts("ROOT='" + folder + "'; CI='" + ci + "'; find_tools() { :; }; " + maven + "; run_tests");
        assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
    }

    @Test
    void the_continuous_integration_runs_the_same_command_as_everybody() {
        assertThat(Repository.text(".ci/run").lines()).contains("./millrace test");
        assertThat(Files.isExecutable(Repository.file(".ci/run"))).isTrue();
        assertThat(Files.isExecutable(Repository.file("millrace"))).isTrue();
    }

    private Run millrace(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Repository.file("millrace").toString()));
        command.addAll(List.of(arguments));
        return Shell.run(environment, command);
    }

    /** Runs a line of bash with the launcher's parts loaded. */
    private static Run parts(String line) throws Exception {
        String load = "set -euo pipefail; ROOT='" + Repository.root() + "'; "
                + "for part in say tools product up test; do . \"$ROOT/launcher/$part.sh\"; done; ";
        return Shell.run(Map.of(), List.of("bash", "-c", load + line));
    }

    private void program(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void report(String path, String xml) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, xml);
    }
}
