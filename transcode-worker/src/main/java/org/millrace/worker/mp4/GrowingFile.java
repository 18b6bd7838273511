package org.millrace.worker.mp4;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of one track that is written fragment by fragment. Bytes of a fragment come first; whether it stays is decided
 * when it is complete. Not safe for use by several threads.
 */
public final class GrowingFile implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private final Path path;
    private final InitSegment init;
    private final FileChannel channel;
    private final OutputStream bytes;
    private final List<FragmentInfo> fragments = new ArrayList<>();
    private long end;

    /**
     * Begins a file with its init segment.
     *
     * @throws IOException if it cannot be written or exists already
     */
    public GrowingFile(Path path, InitSegment init) throws IOException {
        this.path = path;
        this.init = init;
        channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        bytes = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        bytes.write(init.bytes());
        end = init.length();
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Takes the bytes of the next fragment. */
    public OutputStream bytes() {
        return bytes;
    }

    /** Offset at which the next fragment begins. */
    public long end() {
        return end;
    }

    /** Whether no fragment was kept yet. */
    public boolean isEmpty() {
        return fragments.isEmpty();
    }

    /** Keeps the fragment whose bytes came. */
    public void keep(FragmentInfo fragment) {
        fragments.add(fragment.at(end, fragment.sequence()));
        end += fragment.size();
    }

    /** Throws away what came since the last fragment that was kept. */
    public void drop() throws IOException {
        bytes.flush();
        channel.truncate(end);
        channel.position(end);
    }

    /** Finishes the file: its content. */
    public Mp4File finish() throws IOException {
        drop();
        channel.close();
        return new Mp4File(init, fragments);
    }

    /** Gives the file up where it is; does nothing after {@link #finish}. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
