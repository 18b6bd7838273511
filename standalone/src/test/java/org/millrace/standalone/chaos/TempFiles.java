package org.millrace.standalone.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.millrace.standalone.testbed.Folders;

/** Files that an installation keeps only while it works: whatever ends its programs, they have to go. */
final class TempFiles {

    private static final Duration TIDY = Duration.ofSeconds(30);

    /** Who has been killed while it wrote is given up for dead after a day. */
    private static final Duration GIVEN_UP = Duration.ofDays(2);

    private final Installation installation;
    private final long before;

    TempFiles(Installation installation) {
        this.installation = installation;
        this.before = systemTemp().size();
    }

    /** Those that should not be there, now that nothing happens. Workers end for it: their caches may live no longer. */
    List<String> litter() {
        installation.workers().forEach(Post::stop);
        Hold.until(TIDY, () -> own().isEmpty());
        if (!own().isEmpty()) {
            own().forEach(TempFiles::age);
            Post api = installation.apis().getFirst();
            api.stop();
            api.start();
            api.awaitReady();
        }
        List<Path> system = systemTemp();
        return Stream.concat(
                        own().stream(),
                        // The names are of each start; that there are no more of them than programs is what counts.
                        system.stream().skip(Math.min(before, system.size())))
                .map(file -> installation.folder().relativize(file).toString())
                .toList();
    }

    /** What is being worked on, or received. */
    private List<Path> own() {
        Set<Path> folders = new HashSet<>();
        for (Path home : homes()) {
            folders.add(home.resolve("scratch"));
            folders.add(home.resolve("incoming"));
            folders.add(home.resolve("media").resolve(".incoming"));
        }
        return folders.stream()
                .flatMap(folder -> Folders.files(folder).stream())
                .filter(file -> !file.getFileName().toString().equals("lock"))
                .toList();
    }

    private List<Path> homes() {
        try (Stream<Path> all = Files.list(installation.folder())) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> systemTemp() {
        return Stream.concat(
                        Stream.of(installation.folder().resolve("tmp")),
                        homes().stream().map(home -> home.resolve("driver")))
                .flatMap(folder -> Folders.files(folder).stream())
                .toList();
    }

    private static void age(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(GIVEN_UP)));
        } catch (NoSuchFileException e) {
            // It has gone by itself.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
