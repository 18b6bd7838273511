package org.millrace.worker.mp4;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A finished file, read to its last byte.
 *
 * @param init what it begins with
 * @param fragments in file order; may be empty
 */
public record Mp4File(InitSegment init, List<FragmentInfo> fragments) {

    /** Copies the list. */
    public Mp4File {
        fragments = List.copyOf(fragments);
    }

    /**
     * Reads a file.
     *
     * @throws Mp4Exception if it is malformed, truncated, or holds anything but one track's init and fragments
     * @throws IOException if it cannot be read
     */
    public static Mp4File read(Path file) throws IOException {
        return read(file, fragment -> {});
    }

    /**
     * Reads a file and hands on every fragment with its samples, which are not kept.
     *
     * @throws Mp4Exception if it is malformed, truncated, or holds anything but one track's init and fragments
     * @throws IOException if it cannot be read
     */
    public static Mp4File read(Path file, Consumer<Fragment> fragments) throws IOException {
        try (FragmentReader reader = FragmentReader.open(file)) {
            InitSegment init = reader.init()
                    .orElseThrow(() -> new Mp4Exception(reader.name() + " ends before its init segment does."));
            return new Mp4File(init, readAll(reader, fragments));
        }
    }

    /**
     * Reads a file that holds fragments only.
     *
     * @param init the init segment they were made for
     * @throws Mp4Exception if it is malformed or truncated
     * @throws IOException if it cannot be read
     */
    public static List<FragmentInfo> readPart(Path file, InitSegment init, Consumer<Fragment> fragments)
            throws IOException {
        try (FragmentReader reader = FragmentReader.openPart(file, init)) {
            return List.copyOf(readAll(reader, fragments));
        }
    }

    /** Samples of all fragments. */
    public long samples() {
        return fragments.stream().mapToLong(FragmentInfo::samples).sum();
    }

    /** Ticks of all fragments. */
    public long durationTicks() {
        return fragments.stream().mapToLong(FragmentInfo::durationTicks).sum();
    }

    private static List<FragmentInfo> readAll(FragmentReader reader, Consumer<Fragment> consumer) throws IOException {
        List<FragmentInfo> infos = new ArrayList<>();
        for (Optional<Fragment> next = reader.next(); next.isPresent(); next = reader.next()) {
            infos.add(next.get().info());
            consumer.accept(next.get());
        }
        if (!reader.isAtEnd()) {
            throw new Mp4Exception(reader.name() + " is cut off after byte " + reader.position() + ".");
        }
        return infos;
    }
}
