package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The file in which a worker keeps a part of a source. */
record ReplicaFile(Path path) {

    private static final int HOLE = 2_000;

    /** The latest one of a source of this length. */
    static ReplicaFile of(Path source) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(OnS3.HOME, "scratch"))) {
            return files.filter(path -> path.getFileName().toString().startsWith("object-"))
                    .filter(path -> sameLength(path, source))
                    .reduce((earlier, later) -> number(later) > number(earlier) ? later : earlier)
                    .map(ReplicaFile::new)
                    .orElseThrow();
        }
    }

    /** Cuts bytes out, as if they had never been fetched. */
    void cutOut(long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            assertThat(channel.write(ByteBuffer.allocate(HOLE), offset)).isEqualTo(HOLE);
        }
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replaceFirst("object-", ""));
    }

    private static boolean sameLength(Path one, Path other) {
        try {
            return Files.size(one) == Files.size(other);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
