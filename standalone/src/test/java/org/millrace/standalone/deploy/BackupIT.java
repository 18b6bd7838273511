package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.chaos.StoreView;
import org.millrace.standalone.deploy.Shell.Run;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Folders;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.Signals;
import org.millrace.standalone.testbed.TusUpload;

/** A real library is copied while it is used, and lives on somewhere else. */
class BackupIT {

    private static final Duration END = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private Path home;
    private Path other;
    private Path backup;

    @Test
    void a_library_in_use_is_backed_up_and_its_restored_copy_is_proved_whole() throws Exception {
        home = folder.resolve("home");
        other = folder.resolve("other");
        backup = folder.resolve("backup");
        Path clip = Clips.h264(folder, "lake", 3);
        List<String> finished = new ArrayList<>();
        Map<String, String> before;
        String busy;
        TusUpload half;
        try (Program millrace = standalone(home)) {
            Client client = millrace.client();
            finished.add(client.upload(clip));
            finished.add(client.upload(Clips.webm(folder, "hill", 2)));
            String deleted = client.upload(Clips.h264(folder, "wood", 2));
            finished.add(deleted);
            for (String id : finished) {
                assertThat(client.awaitEnd(id, END).get("state").asText()).isEqualTo("READY");
            }
            before = objects(home, finished);
            byte[] bytes = Files.readAllBytes(clip);
            half = TusUpload.announce(millrace.address(), bytes);
            half.send(millrace.address(), 0, bytes.length / 2);
            busy = client.upload(Clips.numbered(folder, "busy", 12, 640, 360));
            Awaitility.await("an encode")
                    .atMost(END)
                    .until(() -> client.get("/api/v1/videos/" + busy + "/attempts")
                            .body()
                            .contains("\"chunk"));

            Backing backing = Backing.start(home, backup);
            backing.pauseOnceItHasNotedWhatThereIs(home);
            assertThat(client.call("DELETE", "/api/v1/videos/" + deleted).statusCode())
                    .isEqualTo(204);
            assertThat(client.playThrough(finished.getFirst())).isPositive();
            client.upload(clip);
            Run done = backing.resume();
            assertThat(done.output())
                    .contains("Deleted meanwhile, and still in this backup: ", "(" + deleted + ")")
                    .contains("Left out: 1 upload that had not all bytes yet");
            assertThat(done.lastLine()).startsWith("4 videos (1 being made), ");
            assertThat(done.exitCode()).as(done.output()).isZero();

            assertThat(half.finish(millrace.address(), bytes.length / 2)).isNotEmpty();
            assertThat(client.awaitEnd(busy, END).get("state").asText()).isEqualTo("READY");
        }

        Run restored = restore();
        assertThat(restored.lastLine()).startsWith("4 videos (1 being made), ").contains("restored to " + other);
        assertThat(restored.exitCode()).as(restored.output()).isZero();
        try (Program millrace = standalone(other)) {
            Client client = millrace.client();
            assertThat(client.awaitEnd(busy, END).get("state").asText()).isEqualTo("READY");
            assertThat(client.json("/api/v1/videos").get("total").asInt()).isEqualTo(4);
            for (String id : finished) {
                assertThat(client.video(id).get("state").asText()).isEqualTo("READY");
                assertThat(client.playThrough(id)).isPositive();
            }
            assertThat(objects(other, finished)).isEqualTo(before);
            assertThatThrownBy(() -> half.offset(millrace.address())).hasMessageContaining("answered 404");
            Run whole = millrace(
                    Map.of(), "verify", "--deep", "--url", millrace.address().toString());
            assertThat(whole.lastLine()).startsWith("4 of 4 videos whole").contains("read and decoded");
            assertThat(whole.exitCode()).isZero();
        }

        Run again = restore();
        assertThat(again.lastLine()).startsWith("restore: There is something in " + other + " already");
        assertThat(again.exitCode()).isEqualTo(2);
        Files.delete(Folders.files(other.resolve("media/v/" + busy + "/source")).getFirst());
        Run damaged = millrace(
                Map.of("MILLRACE_HOME", other.toString()),
                "backup",
                folder.resolve("second").toString());
        assertThat(damaged.output()).containsPattern("WRONG  .*" + busy + ".* is missing");
        assertThat(damaged.exitCode()).isEqualTo(1);
    }

    @Test
    void while_a_backup_notes_what_there_is_nothing_is_deleted() throws Exception {
        home = folder.resolve("home");
        try (Program millrace = standalone(home)) {
            Client client = millrace.client();
            String id = client.upload(Clips.h264(folder, "lake", 1));
            assertThat(client.awaitEnd(id, END).get("state").asText()).isEqualTo("READY");
            Path source = home.resolve("media/v/" + id + "/source/original");
            try (FileChannel file = FileChannel.open(home.resolve("media/.backup.lock"), StandardOpenOption.WRITE);
                    FileLock held = file.lock(1, 1, false)) {
                assertThat(held.isValid()).isTrue();
                assertThat(client.call("DELETE", "/api/v1/videos/" + id).statusCode())
                        .isEqualTo(204);
                Awaitility.await("the janitor's next rounds")
                        .during(Duration.ofSeconds(5))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> Files.exists(source));
            }
            Awaitility.await("the round after that").atMost(END).until(() -> !Files.exists(source));
        }
    }

    private Program standalone(Path where) {
        return Program.of("standalone")
                .with("millrace.home", where)
                .start(folder)
                .awaitHealth("ready");
    }

    private Run restore() throws Exception {
        return millrace(Map.of("MILLRACE_HOME", other.toString()), "restore", backup.toString());
    }

    private static Run millrace(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Repository.file("millrace").toString()));
        command.addAll(List.of(arguments));
        return Shell.run(environment, command);
    }

    /** The hash of every object that the manifests of these videos list, read from the disk, once all have one. */
    private static Map<String, String> objects(Path home, List<String> videos) throws IOException {
        Map<String, String> objects = new TreeMap<>();
        for (String id : videos) {
            Path manifest = Awaitility.await("the manifest of " + id)
                    .atMost(END)
                    .until(() -> home.resolve("media/v/" + id + "/set/1/manifest.json"), Files::isRegularFile);
            for (JsonNode object :
                    new ObjectMapper().readTree(manifest.toFile()).get("objects")) {
                Path file = home.resolve("media").resolve(object.get("key").asText());
                objects.put(object.get("key").asText(), sha256(file));
            }
            objects.put(id, sha256(home.resolve("media/v/" + id + "/source/original")));
        }
        return objects;
    }

    private static String sha256(Path file) throws IOException {
        return new StoreView.Local(file.getParent()).sha256(file.getFileName().toString());
    }

    /** A backup that is being made. */
    private record Backing(Process process, Path output, List<ProcessHandle> stopped) {

        static Backing start(Path home, Path backup) throws IOException {
            Path output = Files.createTempFile("backup", ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            Repository.file("millrace").toString(), "backup", backup.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("MILLRACE_HOME", home.toString());
            return new Backing(builder.start(), output, new ArrayList<>());
        }

        /** Second names of objects are made when the ledger has been copied already. */
        void pauseOnceItHasNotedWhatThereIs(Path home) {
            Awaitility.await("the first link")
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Files.exists(home.resolve("media/.backup/0")));
            stopped.addAll(process.descendants().toList());
            stopped.forEach(each -> Signals.send("STOP", each.pid()));
        }

        Run resume() throws IOException, InterruptedException {
            stopped.forEach(each -> Signals.send("CONT", each.pid()));
            try {
                return new Run(process.waitFor(), Files.readString(output));
            } finally {
                Files.delete(output);
            }
        }
    }
}
