package org.millrace.standalone.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.millrace.standalone.testbed.Folders;
import org.millrace.store.S3Server;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The media store as somebody sees it who looks into the folder or the bucket. */
public interface StoreView {

    /** Every object there is. */
    Set<String> keys();

    /** The bytes of one; the caller closes it. */
    InputStream read(String key) throws IOException;

    /** The SHA-256 of an object, in hexadecimal digits. */
    default String sha256(String key) {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(read(key), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A digest for SHA-256. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The store in a folder. */
    record Local(Path folder) implements StoreView {

        @Override
        public Set<String> keys() {
            Set<String> keys = new TreeSet<>();
            for (Path file : Folders.files(folder.resolve("v"))) {
                keys.add(folder.relativize(file).toString());
            }
            return keys;
        }

        @Override
        public InputStream read(String key) throws IOException {
            return Files.newInputStream(folder.resolve(key));
        }
    }

    /** The store in a bucket. */
    record Bucket(S3Server server, String name) implements StoreView {

        @Override
        public Set<String> keys() {
            Set<String> keys = new TreeSet<>();
            server.client().listObjectsV2Paginator(list -> list.bucket(name).prefix("v/")).contents().stream()
                    .map(S3Object::key)
                    .forEach(keys::add);
            return keys;
        }

        @Override
        public InputStream read(String key) {
            return server.client().getObject(get -> get.bucket(name).key(key));
        }
    }
}
