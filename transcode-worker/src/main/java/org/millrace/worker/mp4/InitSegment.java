package org.millrace.worker.mp4;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What a player reads before any fragment: {@code ftyp} and {@code moov}. Two are equal if their bytes are.
 */
public final class InitSegment {

    private final byte[] bytes;
    private final int ftypLength;
    private final Track track;
    private final String sha256;

    InitSegment(byte[] bytes, int ftypLength, Track track) {
        this.bytes = bytes.clone();
        this.ftypLength = ftypLength;
        this.track = Objects.requireNonNull(track);
        try {
            sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads an init segment on its own.
     *
     * @throws Mp4Exception if the bytes are anything but one {@code ftyp} and one {@code moov} with one track
     */
    public static InitSegment parse(byte[] bytes) throws Mp4Exception {
        return InitParser.parse(bytes);
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes it has. */
    public int length() {
        return bytes.length;
    }

    /** How many of them are the {@code ftyp}. */
    int ftypLength() {
        return ftypLength;
    }

    /** Its track. */
    public Track track() {
        return track;
    }

    /** SHA-256 of its bytes in lower-case hex. */
    public String sha256() {
        return sha256;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InitSegment init && Arrays.equals(bytes, init.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "init " + sha256.substring(0, 12) + " " + track.codec();
    }
}
