package org.millrace.worker.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that fragments are copied from: a local file or an object elsewhere. */
@FunctionalInterface
public interface FragmentSource {

    /**
     * Opens a range; the caller closes it.
     *
     * @param offset first byte
     * @param length how many the caller will read at most
     * @throws IOException if it cannot be opened
     */
    ReadableByteChannel open(long offset, long length) throws IOException;

    /** A local file. */
    static FragmentSource of(Path file) {
        return (offset, length) -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return channel.position(offset);
        };
    }
}
