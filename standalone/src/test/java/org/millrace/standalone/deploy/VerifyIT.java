package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.deploy.Shell.Run;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;

/** The library of a real product is proved whole, and no more after one bit of one file has changed. */
class VerifyIT {

    private static final Duration END = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void one_changed_bit_of_a_stored_rendition_is_found_and_named() throws Exception {
        Path home = folder.resolve("home");
        try (Program millrace = Program.of("standalone")
                .with("millrace.home", home)
                .start(folder)
                .awaitHealth("ready")) {
            Client client = millrace.client();
            String id = client.upload(Clips.h264(folder, "lake", 4));
            assertThat(client.awaitEnd(id, END).get("state").asText()).isEqualTo("READY");
            Path set = home.resolve("media/v/" + id + "/set");
            Path manifest = Awaitility.await("the manifest, which has the hashes")
                    .atMost(END)
                    .until(
                            () -> files(set)
                                    .filter(file -> file.endsWith("manifest.json"))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();

            Run whole = verify(millrace, "--deep");
            assertThat(whole.output()).contains("ok     ", "(" + id + ")");
            assertThat(whole.lastLine()).startsWith("1 of 1 videos whole").contains("read and decoded");
            assertThat(whole.exitCode()).isZero();

            flipBitInTheMiddle(home.resolve("media").resolve(keyOf("180p", manifest)));
            for (String[] arguments : List.of(new String[0], new String[] {"--deep"})) {
                Run damaged = verify(millrace, arguments);
                assertThat(damaged.output().lines())
                        .filteredOn(line -> line.startsWith("WRONG  "))
                        .singleElement()
                        .asString()
                        .contains("(" + id + "): 180p is not what was written");
                assertThat(damaged.lastLine()).startsWith("0 of 1 videos whole");
                assertThat(damaged.exitCode()).isEqualTo(1);
            }
        }
    }

    private static Run verify(Program millrace, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Repository.file("millrace").toString(),
                "verify",
                "--url",
                millrace.address().toString()));
        command.addAll(List.of(arguments));
        return Shell.run(Map.of(), command);
    }

    /** What the work has left behind may still lie beside it, so the folder cannot tell which file is played. */
    private static String keyOf(String rendition, Path manifest) throws IOException {
        return StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(manifest.toFile())
                                .get("objects")
                                .spliterator(),
                        false)
                .filter(object -> object.get("name").asText().equals(rendition))
                .max(Comparator.comparingLong(object -> object.get("bytes").asLong()))
                .orElseThrow()
                .get("key")
                .asText();
    }

    private static void flipBitInTheMiddle(Path path) throws IOException {
        assertThat(path.toFile().setWritable(true)).isTrue();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long middle = file.length() / 2;
            file.seek(middle);
            int before = file.read();
            file.seek(middle);
            file.write(before ^ 1);
        }
    }

    private static Stream<Path> files(Path below) throws IOException {
        if (!Files.isDirectory(below)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).toList().stream();
        }
    }
}
