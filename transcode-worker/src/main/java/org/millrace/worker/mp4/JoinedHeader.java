package org.millrace.worker.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The front of a joined file: the init segment with the duration filled in, and an index of all fragments. */
final class JoinedHeader {

    /** The index counts fragments in 16 bits. */
    static final int MOST_FRAGMENTS = 65_535;

    private static final int MEHD_SIZE = 20;
    private static final int STARTS_WITH_KEY_FRAME = 0x90000000;

    private JoinedHeader() {}

    /**
     * The init segment with a {@code mehd} box as first child of {@code mvex}.
     *
     * @throws Mp4Exception if it has such a box already
     */
    static byte[] init(InitSegment init, long endTicks) throws Mp4Exception {
        byte[] bytes = init.bytes();
        int moov = init.ftypLength();
        int mvex = find(bytes, moov + 8, moov + size(bytes, moov), "mvex");
        if (size(bytes, mvex) >= 16 && type(bytes, mvex + 8).equals("mehd")) {
            throw new Mp4Exception("The init segment states a duration already.");
        }
        Track track = init.track();
        long scaled = Math.ceilDiv(Math.multiplyExact(endTicks, track.movieTimescale()), track.timescale());
        ByteBuffer result = ByteBuffer.allocate(bytes.length + MEHD_SIZE);
        result.put(bytes, 0, mvex + 8);
        result.putInt(MEHD_SIZE).put(ascii("mehd")).putInt(1 << 24).putLong(scaled);
        result.put(bytes, mvex + 8, bytes.length - mvex - 8);
        result.putInt(moov, size(bytes, moov) + MEHD_SIZE);
        result.putInt(mvex, size(bytes, mvex) + MEHD_SIZE);
        return result.array();
    }

    /**
     * The global {@code sidx}; the first fragment begins right behind it.
     *
     * @throws Mp4Exception if there are more fragments than it can count, or one is too large
     */
    static byte[] index(Track track, List<FragmentInfo> fragments) throws Mp4Exception {
        if (fragments.size() > MOST_FRAGMENTS) {
            throw new Mp4Exception("The track has " + fragments.size() + " fragments, more than the " + MOST_FRAGMENTS
                    + " that one file can list.");
        }
        int size = 40 + 12 * fragments.size();
        ByteBuffer sidx = ByteBuffer.allocate(size);
        sidx.putInt(size).put(ascii("sidx")).putInt(1 << 24);
        sidx.putInt(track.id()).putInt((int) track.timescale());
        // The edit list takes the frames' reordering back, so presentation begins where decoding seems to.
        sidx.putLong(fragments.getFirst().baseDecodeTime()).putLong(0);
        sidx.putShort((short) 0).putShort((short) fragments.size());
        for (FragmentInfo fragment : fragments) {
            if (fragment.size() > Integer.MAX_VALUE || fragment.durationTicks() > 0xffffffffL) {
                throw new Mp4Exception("The fragment at time " + fragment.baseDecodeTime() + " is too large to list.");
            }
            sidx.putInt((int) fragment.size())
                    .putInt((int) fragment.durationTicks())
                    .putInt(STARTS_WITH_KEY_FRAME);
        }
        return sidx.array();
    }

    private static int find(byte[] bytes, int from, int to, String type) throws Mp4Exception {
        for (int at = from; at < to; at += size(bytes, at)) {
            if (type(bytes, at).equals(type)) {
                return at;
            }
        }
        throw new Mp4Exception("The init segment has no " + type + " box.");
    }

    private static int size(byte[] bytes, int at) throws Mp4Exception {
        int size = ByteBuffer.wrap(bytes).getInt(at);
        if (size < 8 || size > bytes.length - at) {
            throw new Mp4Exception("The init segment has a box of impossible size at byte " + at + ".");
        }
        return size;
    }

    private static String type(byte[] bytes, int at) {
        return new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String letters) {
        return letters.getBytes(StandardCharsets.US_ASCII);
    }
}
