package org.millrace.worker.mp4;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes one file of a track's pieces: {@code ftyp moov sidx (moof mdat)*}. It begins when its first piece does, which need
 * not be at zero. Fragments are copied as they are; only one
 * whose number is out of order gets another. Nothing is kept in memory but the list of fragments.
 */
public final class FragmentJoiner {

    private static final int BUFFER = 1 << 18;

    /** Where in a {@code moof} its number is: after two box headers and the version. */
    private static final int SEQUENCE_OFFSET = 20;

    private FragmentJoiner() {}

    /**
     * Checks pieces and lays the joined file out without writing it.
     *
     * @return fragments in order, with offsets and numbers of the joined file
     * @throws Mp4Exception if there is nothing to join, an init segment differs, time has a gap or an overlap, or there
     *     are more than 65535 fragments
     */
    public static List<FragmentInfo> layOut(InitSegment init, List<Piece> pieces) throws Mp4Exception {
        List<FragmentInfo> fragments = check(init, pieces);
        byte[] index = JoinedHeader.index(init.track(), fragments);
        long offset = JoinedHeader.init(init, fragments.getLast().endDecodeTime()).length + (long) index.length;
        List<FragmentInfo> moved = new ArrayList<>(fragments.size());
        for (FragmentInfo fragment : fragments) {
            moved.add(fragment.at(offset, moved.size() + 1L));
            offset += fragment.size();
        }
        return moved;
    }

    /**
     * Writes the joined file.
     *
     * @param target takes the bytes; it is not closed
     * @throws Mp4Exception as {@link #layOut}, or if a source is shorter than its fragments say
     * @throws IOException if a source cannot be read or the target not be written
     */
    public static JoinedFile join(InitSegment init, List<Piece> pieces, OutputStream target) throws IOException {
        List<FragmentInfo> layout = layOut(init, pieces);
        long duration = duration(layout);
        // What comes before the first fragment is part of the length, too.
        byte[] header = JoinedHeader.init(init, layout.getLast().endDecodeTime());
        MessageDigest digest = sha256();
        OutputStream hashed = new DigestOutputStream(target, digest);
        hashed.write(header);
        hashed.write(JoinedHeader.index(init.track(), layout));
        byte[] buffer = new byte[BUFFER];
        int number = 0;
        for (Piece piece : pieces) {
            int first = 0;
            while (first < piece.fragments().size()) {
                int end = contiguous(piece.fragments(), first);
                copy(piece, first, end, number + 1L, hashed, buffer);
                number += end - first;
                first = end;
            }
        }
        hashed.flush();
        return new JoinedFile(
                header.length,
                layout.getLast().endOffset(),
                HexFormat.of().formatHex(digest.digest()),
                duration,
                layout);
    }

    private static List<FragmentInfo> check(InitSegment init, List<Piece> pieces) throws Mp4Exception {
        List<FragmentInfo> fragments = new ArrayList<>();
        long expected = -1;
        for (Piece piece : pieces) {
            if (!piece.initSha256().equals(init.sha256())) {
                throw new Mp4Exception(piece.name() + " was made with another init segment.");
            }
            for (FragmentInfo fragment : piece.fragments()) {
                if (expected >= 0 && fragment.baseDecodeTime() != expected) {
                    throw new Mp4Exception(piece.name() + " has a fragment at tick " + fragment.baseDecodeTime()
                            + " where tick " + expected + " should follow.");
                }
                expected = fragment.endDecodeTime();
                fragments.add(fragment);
            }
        }
        if (fragments.isEmpty()) {
            throw new Mp4Exception("There is nothing to join.");
        }
        return fragments;
    }

    /** Index after the last fragment that lies right behind the ones before it: such runs are read at once. */
    private static int contiguous(List<FragmentInfo> fragments, int first) {
        int end = first + 1;
        while (end < fragments.size()
                && fragments.get(end).offset() == fragments.get(end - 1).endOffset()) {
            end++;
        }
        return end;
    }

    private static void copy(Piece piece, int first, int end, long number, OutputStream target, byte[] buffer)
            throws IOException {
        List<FragmentInfo> run = piece.fragments().subList(first, end);
        long offset = run.getFirst().offset();
        try (ReadableByteChannel source =
                piece.source().open(offset, run.getLast().endOffset() - offset)) {
            long next = number;
            for (FragmentInfo fragment : run) {
                copyOne(piece.name(), source, fragment, next++, target, buffer);
            }
        }
    }

    private static void copyOne(
            String name,
            ReadableByteChannel source,
            FragmentInfo fragment,
            long number,
            OutputStream target,
            byte[] buffer)
            throws IOException {
        long left = fragment.size();
        boolean atFront = true;
        while (left > 0) {
            ByteBuffer window = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, left));
            while (window.hasRemaining()) {
                if (source.read(window) < 0) {
                    throw new Mp4Exception(name + " ends inside of its fragment at byte " + fragment.offset() + ".");
                }
            }
            if (atFront) {
                requireMoof(name, fragment, buffer);
                ByteBuffer.wrap(buffer).putInt(SEQUENCE_OFFSET, (int) number);
                atFront = false;
            }
            target.write(buffer, 0, window.position());
            left -= window.position();
        }
    }

    /** A source that changed since its fragments were listed must not be taken for them. */
    private static void requireMoof(String name, FragmentInfo fragment, byte[] front) throws Mp4Exception {
        ByteBuffer bytes = ByteBuffer.wrap(front);
        if (fragment.size() < SEQUENCE_OFFSET + 4 || bytes.getInt(4) != 0x6d6f6f66 || bytes.getInt(12) != 0x6d666864) {
            throw new Mp4Exception(name + " has no fragment at byte " + fragment.offset() + ".");
        }
    }

    private static long duration(List<FragmentInfo> fragments) {
        return fragments.getLast().endDecodeTime() - fragments.getFirst().baseDecodeTime();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
