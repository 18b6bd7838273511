package org.millrace.worker.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads a file fragment by fragment. Only complete ones are returned; what a growing file lacks may be there at the next
 * call. Not safe for use by several threads.
 */
public final class FragmentReader implements AutoCloseable {

    private final FileChannel channel;
    private final String name;
    private final BoxScanner scanner;
    private InitSegment init;
    private FragmentParser parser;
    private long position;

    private FragmentReader(FileChannel channel, Path file, InitSegment init) {
        this.channel = channel;
        name = "The file " + file.getFileName();
        scanner = new BoxScanner(channel, name);
        this.init = init;
        parser = init == null ? null : new FragmentParser(init.track());
    }

    /**
     * Opens a file that begins with its init segment.
     *
     * @throws IOException if it cannot be opened
     */
    public static FragmentReader open(Path file) throws IOException {
        return new FragmentReader(FileChannel.open(file, StandardOpenOption.READ), file, null);
    }

    /**
     * Opens a file that holds fragments only.
     *
     * @param init the init segment they were made for
     * @throws IOException if it cannot be opened
     */
    public static FragmentReader openPart(Path file, InitSegment init) throws IOException {
        return new FragmentReader(FileChannel.open(file, StandardOpenOption.READ), file, init);
    }

    /**
     * The init segment; empty as long as the file does not hold all of it.
     *
     * @throws Mp4Exception if the file begins with something else
     * @throws IOException if it cannot be read
     */
    public Optional<InitSegment> init() throws IOException {
        if (init == null) {
            long end = channel.size();
            BoxScanner.Box ftyp = scanner.at(0, end);
            requireType(ftyp, "ftyp");
            BoxScanner.Box moov = ftyp == null ? null : scanner.at(ftyp.end(), end);
            requireType(moov, "moov");
            if (moov == null) {
                return Optional.empty();
            }
            // Refuses sizes that no init segment has, before memory is asked for.
            scanner.content(ftyp);
            scanner.content(moov);
            byte[] bytes = new byte[Math.toIntExact(moov.end())];
            scanner.read(0, bytes.length).get(bytes);
            init = InitParser.parse(bytes);
            parser = new FragmentParser(init.track());
            position = moov.end();
        }
        return Optional.of(init);
    }

    /**
     * The next complete fragment; empty if there is none yet, or none any more.
     *
     * @throws Mp4Exception if what follows is no fragment
     * @throws IOException if the file cannot be read
     */
    public Optional<Fragment> next() throws IOException {
        if (init().isEmpty()) {
            return Optional.empty();
        }
        long end = channel.size();
        BoxScanner.Box moof = scanner.at(position, end);
        while (moof != null && isIndex(moof)) {
            position = moof.end();
            moof = scanner.at(position, end);
        }
        requireType(moof, "moof");
        BoxScanner.Box mdat = moof == null ? null : scanner.at(moof.end(), end);
        requireType(mdat, "mdat");
        if (mdat == null) {
            return Optional.empty();
        }
        Fragment fragment = parser.parse(scanner.content(moof), moof.offset(), moof.size(), mdat.header(), mdat.size());
        position = mdat.end();
        return Optional.of(fragment);
    }

    /** Offset of the first byte after the last complete fragment or box returned so far. */
    public long position() {
        return position;
    }

    /** Whether every byte of the file as it is now has been read. */
    boolean isAtEnd() throws IOException {
        return position == channel.size();
    }

    /** The file, as sentences name it. */
    String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Indexes name what is there anyway. */
    private static boolean isIndex(BoxScanner.Box box) {
        return box.type().equals("sidx")
                || box.type().equals("mfra")
                || box.type().equals("styp");
    }

    private void requireType(BoxScanner.Box box, String type) throws Mp4Exception {
        if (box != null && !box.type().equals(type)) {
            throw new Mp4Exception(
                    name + " has a " + box.type() + " box at byte " + box.offset() + " where " + type + " should be.");
        }
    }
}
