package org.millrace.api.playback;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a representation that a request asks for (RFC 9110 §14).
 *
 * @param first offset of the first byte
 * @param length number of bytes
 * @param kind whether it is a part, everything, or nothing that exists
 */
record ByteRange(long first, long length, Kind kind) {

    /** What the answer is. */
    enum Kind {
        /** The whole representation: 200. */
        WHOLE,
        /** A part of it: 206. */
        PART,
        /** Bytes beyond its end: 416. */
        UNSATISFIABLE
    }

    private static final Pattern ONE_RANGE = Pattern.compile("[bB][yY][tT][eE][sS]=[ \t]*(\\d*)-(\\d*)[ \t]*");

    /**
     * Reads a {@code Range} header. What is not one range of bytes (another unit, several ranges, nonsense) asks for
     * the whole, as if there were no such header.
     *
     * @param header its value; null if there is none
     * @param size of the whole representation
     */
    static ByteRange of(String header, long size) {
        Matcher range = header == null ? null : ONE_RANGE.matcher(header);
        if (range == null
                || !range.matches()
                || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return whole(size);
        }
        if (range.group(1).isEmpty()) {
            long suffix = number(range.group(2));
            return part(Math.max(0, size - suffix), size - 1, size);
        }
        long first = number(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
        return last < first ? whole(size) : part(first, Math.min(last, size - 1), size);
    }

    /** Everything. */
    static ByteRange whole(long size) {
        return new ByteRange(0, size, Kind.WHOLE);
    }

    /** The value of {@code Content-Range} for this answer. */
    String contentRange(long size) {
        return kind == Kind.UNSATISFIABLE
                ? "bytes */" + size
                : "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }

    private static ByteRange part(long first, long last, long size) {
        return first >= size
                ? new ByteRange(0, 0, Kind.UNSATISFIABLE)
                : new ByteRange(first, last - first + 1, Kind.PART);
    }

    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
