package org.millrace.model.id;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * How every identifier in Millrace is made and checked: 128 random bits as 26 characters of lower-case base32
 * (RFC 4648 alphabet, no padding). They are safe in URLs, file names, object keys and host names, and cannot be
 * guessed.
 */
final class Ids {

    /** Characters of an identifier. */
    static final int LENGTH = 26;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern VALID = Pattern.compile("[a-z2-7]{" + LENGTH + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new random identifier. */
    static String random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        StringBuilder id = new StringBuilder(LENGTH);
        for (byte b : bytes) {
            id.append(ALPHABET.charAt(b & 31));
        }
        return id.toString();
    }

    /**
     * The same value, checked.
     *
     * @throws IllegalArgumentException if it is not an identifier of this form
     */
    static String check(String value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a Millrace identifier");
        }
        return value;
    }

    /** Whether a string has the form of an identifier; null has not. */
    static boolean isValid(String value) {
        return value != null && VALID.matcher(value).matches();
    }
}
