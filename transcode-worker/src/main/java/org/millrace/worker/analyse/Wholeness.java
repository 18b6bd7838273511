package org.millrace.worker.analyse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Whether a container's own structure proves that a file was not cut off. Each rule reads a few bytes; a container
 * without a rule, or one that does not say how long it is, proves nothing.
 */
final class Wholeness {

    private static final Logger LOG = Logger.getLogger(Wholeness.class);
    private static final long EBML_UNKNOWN = -1;
    private static final int BOX_LIMIT = 1_000_000;
    private static final Set<Integer> FLV_TAGS = Set.of(8, 9, 18);

    private Wholeness() {}

    /**
     * Whether the file is whole.
     *
     * @param container FFmpeg's demuxer name
     */
    static boolean isProven(String container, Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (container.contains("mp4")) {
                return boxesFill(bytes);
            }
            return switch (container) {
                case "matroska,webm" -> segmentFits(bytes);
                case "avi" -> riffFits(bytes);
                case "flv" -> endsWithTag(bytes);
                case "asf" -> asfFits(bytes);
                case "ogg" -> lastPageEndsStream(bytes);
                case "gif" -> endsWith(bytes, 0x3b);
                case "mpeg" -> endsWith(bytes, 0, 0, 1, 0xb9);
                default -> false;
            };
        } catch (IOException e) {
            LOG.debugf("Cannot tell whether a %s is whole: %s", container, e);
            return false;
        }
    }

    /** ISO base media: boxes follow each other and the last ends with the file. */
    private static boolean boxesFill(RandomAccessFile file) throws IOException {
        long length = file.length();
        long position = 0;
        for (int boxes = 0; position + 8 <= length && boxes < BOX_LIMIT; boxes++) {
            file.seek(position);
            long size = file.readInt() & 0xffffffffL;
            file.skipBytes(4);
            if (size == 1) {
                size = position + 16 <= length ? file.readLong() : 0;
            } else if (size == 0) {
                // Up to the end of the file, wherever that is: it does not say.
                return false;
            }
            if (size < 8 || size > length - position) {
                return false;
            }
            position += size;
        }
        return position == length;
    }

    /** Matroska: the one segment has a known size that the file holds. */
    private static boolean segmentFits(RandomAccessFile file) throws IOException {
        file.seek(4);
        long headerSize = vint(file);
        if (headerSize < 0 || headerSize > file.length()) {
            return false;
        }
        file.seek(file.getFilePointer() + headerSize);
        if (file.readInt() != 0x18538067) {
            return false;
        }
        long segment = vint(file);
        return segment != EBML_UNKNOWN && file.getFilePointer() + segment <= file.length();
    }

    /** An EBML size; {@link #EBML_UNKNOWN} if all its bits are set. */
    private static long vint(RandomAccessFile file) throws IOException {
        int first = file.readUnsignedByte();
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 7) {
            throw new IOException("Not an EBML size");
        }
        long value = first & (0x7f >> more);
        for (int i = 0; i < more; i++) {
            value = value << 8 | file.readUnsignedByte();
        }
        return value == (1L << 7 * (more + 1)) - 1 ? EBML_UNKNOWN : value;
    }

    /** AVI: the RIFF chunk, and each that follows it, has the size it says. */
    private static boolean riffFits(RandomAccessFile file) throws IOException {
        long length = file.length();
        long position = 0;
        while (position + 8 <= length) {
            file.seek(position);
            if (file.readInt() != 0x52494646) {
                return position > 0;
            }
            long size = Integer.reverseBytes(file.readInt()) & 0xffffffffL;
            position += 8 + size + (size & 1);
        }
        return position <= length + 1;
    }

    /** Flash video: the last number is the size of the tag before it. */
    private static boolean endsWithTag(RandomAccessFile file) throws IOException {
        long length = file.length();
        if (length < 28) {
            return false;
        }
        file.seek(length - 4);
        long size = file.readInt() & 0xffffffffL;
        long start = length - 4 - size;
        if (size < 11 || start < 13) {
            return false;
        }
        file.seek(start);
        int type = file.readUnsignedByte() & 0x1f;
        int dataSize = file.readUnsignedByte() << 16 | file.readUnsignedByte() << 8 | file.readUnsignedByte();
        return FLV_TAGS.contains(type) && dataSize + 11L == size;
    }

    /** ASF: the header and the data object behind it have the sizes they say. */
    private static boolean asfFits(RandomAccessFile file) throws IOException {
        file.seek(16);
        long header = Long.reverseBytes(file.readLong());
        if (header < 30 || header > file.length() - 24) {
            return false;
        }
        file.seek(header + 16);
        long data = Long.reverseBytes(file.readLong());
        return data >= 50 && data <= file.length() - header;
    }

    /** Ogg: the last page is complete and marked as the end of its stream. */
    private static boolean lastPageEndsStream(RandomAccessFile file) throws IOException {
        long from = Math.max(0, file.length() - 65_307);
        byte[] tail = new byte[(int) (file.length() - from)];
        file.seek(from);
        file.readFully(tail);
        for (int i = tail.length - 27; i >= 0; i--) {
            if (tail[i] == 'O' && tail[i + 1] == 'g' && tail[i + 2] == 'g' && tail[i + 3] == 'S') {
                int segments = tail[i + 26] & 0xff;
                int end = i + 27 + segments;
                for (int s = 0; s < segments && i + 27 + s < tail.length; s++) {
                    end += tail[i + 27 + s] & 0xff;
                }
                boolean endOfStream = (tail[i + 5] & 4) != 0;
                return end == tail.length && endOfStream;
            }
        }
        return false;
    }

    private static boolean endsWith(RandomAccessFile file, int... last) throws IOException {
        if (file.length() < last.length) {
            return false;
        }
        file.seek(file.length() - last.length);
        for (int expected : last) {
            if (file.readUnsignedByte() != expected) {
                return false;
            }
        }
        return true;
    }
}
