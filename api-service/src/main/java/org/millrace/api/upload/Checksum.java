package org.millrace.api.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/** What a sender says the bytes of one request add up to ({@code Upload-Checksum}), and the sum of what arrived. */
final class Checksum {

    /** Names as tus writes them, comma separated. */
    static final String ALGORITHMS = "md5,sha1,sha256,sha512";

    private static final Map<String, String> NAMES =
            new TreeMap<>(Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512"));

    private final MessageDigest digest;
    private final byte[] expected;
    private Boolean verdict;

    private Checksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    /**
     * Reads the header, for example {@code sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=}.
     *
     * @return null if there is no such header
     * @throws ProblemException if it cannot be read or names an unknown algorithm
     */
    static Checksum parse(String header) {
        if (header == null) {
            return null;
        }
        String[] parts = header.strip().split(" ");
        String name = NAMES.get(parts[0]);
        if (parts.length != 2 || name == null) {
            throw unsupported();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(name);
            byte[] expected = Base64.getDecoder().decode(parts[1]);
            if (expected.length != digest.getDigestLength()) {
                throw unsupported();
            }
            return new Checksum(digest, expected);
        } catch (IllegalArgumentException e) {
            throw unsupported();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + name, e);
        }
    }

    /**
     * The same bytes, summed as they are read. The byte that makes an upload whole is handed on only if the sum is right:
     * nobody, not even after a crash, may find an upload whole whose bytes are not the ones that were meant.
     *
     * @param missing how many bytes make the upload whole
     */
    InputStream over(InputStream in, long missing) {
        return new Summed(in, missing);
    }

    /** Whether the bytes read are the ones that were meant; to be asked when all are read. */
    boolean matches() {
        if (verdict == null) {
            verdict = MessageDigest.isEqual(digest.digest(), expected);
        }
        return verdict;
    }

    private final class Summed extends FilterInputStream {

        private long missing;

        Summed(InputStream in, long missing) {
            super(in);
            this.missing = missing;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (missing == 0) {
                return -1;
            }
            int count = in.read(buffer, offset, (int) Math.min(length, missing));
            if (count <= 0) {
                return count;
            }
            digest.update(buffer, offset, count);
            missing -= count;
            if (missing > 0 || matches()) {
                return count;
            }
            return count == 1 ? -1 : count - 1;
        }
    }

    private static ProblemException unsupported() {
        return new ProblemException(
                ErrorCode.CHECKSUM_UNSUPPORTED,
                "Upload-Checksum has to be an algorithm (" + ALGORITHMS + "), a space and the sum in Base64.");
    }
}
