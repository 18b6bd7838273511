package org.millrace.worker.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a running encoder writes, fragment by fragment, as it comes. Bytes are handed on, never kept: only the
 * description of a fragment is held in memory. Not safe for use by several threads.
 */
public final class FragmentStream {

    private static final int HEADER = 8;
    private static final int LARGEST_IN_MEMORY = 16 << 20;
    private static final int BUFFER = 1 << 16;
    private static final Set<String> INDEXES = Set.of("sidx", "mfra", "styp");

    private final InputStream stream;
    private final byte[] buffer = new byte[BUFFER];
    private InitSegment init;
    private FragmentParser parser;

    /** Reads from a stream; the caller closes it. */
    public FragmentStream(InputStream stream) {
        this.stream = stream;
    }

    /**
     * A box's beginning.
     *
     * @param type its four letters
     * @param bytes of its header as they came
     * @param size of the whole box
     */
    private record Header(String type, byte[] bytes, long size) {

        long rest() {
            return size - bytes.length;
        }
    }

    /**
     * The init segment; waits for it. Empty if the stream ends before it is complete.
     *
     * @throws Mp4Exception if the stream begins with something else
     * @throws IOException if it cannot be read
     */
    public Optional<InitSegment> init() throws IOException {
        if (init == null) {
            try {
                byte[] ftyp = box("ftyp");
                byte[] moov = box("moov");
                byte[] both = new byte[ftyp.length + moov.length];
                System.arraycopy(ftyp, 0, both, 0, ftyp.length);
                System.arraycopy(moov, 0, both, ftyp.length, moov.length);
                init = InitSegment.parse(both);
                parser = new FragmentParser(init.track());
            } catch (EOFException cutOff) {
                return Optional.empty();
            }
        }
        return Optional.of(init);
    }

    /**
     * The next fragment; waits for it. Empty if the stream ends before it is complete: what the target took of it by then
     * has to be thrown away.
     *
     * @param target takes its bytes
     * @param offset where they begin there
     * @throws Mp4Exception if what follows is no fragment
     * @throws IOException if the stream cannot be read or the target not be written
     */
    public Optional<Fragment> next(OutputStream target, long offset) throws IOException {
        if (init().isEmpty()) {
            return Optional.empty();
        }
        try {
            Header moof = header();
            while (INDEXES.contains(moof.type())) {
                copy(moof.rest(), OutputStream.nullOutputStream());
                moof = header();
            }
            require(moof, "moof");
            byte[] description = content(moof);
            Header mdat = header();
            require(mdat, "mdat");
            int skip = moof.bytes().length;
            BoxBuffer body = new BoxBuffer(
                    "moof", offset + skip, ByteBuffer.wrap(description).slice(skip, description.length - skip));
            Fragment fragment = parser.parse(body, offset, description.length, mdat.bytes().length, mdat.size());
            target.write(description);
            target.write(mdat.bytes());
            copy(mdat.rest(), target);
            return Optional.of(fragment);
        } catch (EOFException end) {
            return Optional.empty();
        }
    }

    private byte[] box(String type) throws IOException {
        Header header = header();
        require(header, type);
        return content(header);
    }

    private byte[] content(Header header) throws IOException {
        if (header.size() > LARGEST_IN_MEMORY) {
            throw new Mp4Exception("The stream has a " + header.type() + " box of " + header.size() + " bytes.");
        }
        byte[] whole = new byte[(int) header.size()];
        System.arraycopy(header.bytes(), 0, whole, 0, header.bytes().length);
        fill(whole, header.bytes().length);
        return whole;
    }

    private Header header() throws IOException {
        byte[] bytes = new byte[HEADER];
        fill(bytes, 0);
        long size = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
        String type = new String(bytes, 4, 4, StandardCharsets.ISO_8859_1);
        if (size == 1) {
            byte[] large = new byte[2 * HEADER];
            System.arraycopy(bytes, 0, large, 0, HEADER);
            fill(large, HEADER);
            bytes = large;
            size = ByteBuffer.wrap(large).getLong(HEADER);
        }
        if (size < bytes.length) {
            throw new Mp4Exception("The stream has a box without a size.");
        }
        return new Header(type, bytes, size);
    }

    private static void require(Header header, String type) throws Mp4Exception {
        if (!header.type().equals(type)) {
            throw new Mp4Exception("The stream has a " + header.type() + " box where " + type + " should be.");
        }
    }

    private void copy(long length, OutputStream target) throws IOException {
        long left = length;
        while (left > 0) {
            int count = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            target.write(buffer, 0, count);
            left -= count;
        }
    }

    private void fill(byte[] bytes, int from) throws IOException {
        int count = stream.readNBytes(bytes, from, bytes.length - from);
        if (count < bytes.length - from) {
            throw new EOFException();
        }
    }
}
