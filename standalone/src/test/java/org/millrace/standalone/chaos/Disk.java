package org.millrace.standalone.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk in memory, mounted at a folder, that can be filled to the last byte. Only root may mount one. */
final class Disk implements AutoCloseable {

    private static final int PIECE = 64 * 1024;

    private final Path folder;
    private final Path filler;

    private Disk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve(".filler");
    }

    /** Whether disks can be mounted here at all. */
    static boolean arePossible(Path folder) {
        Path place = folder.resolve("disk-trial");
        try {
            mount(place, 1).close();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /**
     * Mounts one.
     *
     * @param folder is made if it is missing
     * @param megabytes how much it takes
     * @throws IllegalStateException if it cannot be mounted
     */
    static Disk mount(Path folder, int megabytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "millrace-chaos", folder.toString());
        return new Disk(folder);
    }

    /** Leaves no byte free. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] piece = new byte[PIECE];
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            if (free() > PIECE) {
                throw new UncheckedIOException("The disk is not full", e);
            }
        }
    }

    /** Bytes that can still be written. */
    long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the room back. */
    void relieve() {
        try {
            Files.deleteIfExists(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run("umount", "-l", folder.toString());
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", List.of(command)) + ": " + output.strip());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
