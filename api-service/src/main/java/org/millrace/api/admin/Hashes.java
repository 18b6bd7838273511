package org.millrace.api.admin;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;

/** SHA-256 of objects, as 64 hexadecimal digits. */
@ApplicationScoped
class Hashes {

    private static final int BUFFER = 1 << 18;

    private final MediaStore store;

    Hashes(MediaStore store) {
        this.store = store;
    }

    /**
     * The hash of an object, read to its last byte.
     *
     * @throws MediaStoreException if it cannot be read
     */
    String of(ObjectKey object) {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = store.read(object)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new MediaStoreException("Cannot read " + object + ": " + e.getMessage(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
