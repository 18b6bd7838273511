package org.millrace.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running SHA-256 of bytes on their way into the store. */
final class Sha256 {

    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The digest of these bytes alone. */
    static String of(byte[] bytes) {
        Sha256 sha256 = new Sha256();
        sha256.update(bytes, bytes.length);
        return sha256.hex();
    }

    /** Adds the first bytes of a buffer. */
    void update(byte[] buffer, int length) {
        digest.update(buffer, 0, length);
    }

    /** The digest of everything so far in lower-case hexadecimal; starts anew. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
