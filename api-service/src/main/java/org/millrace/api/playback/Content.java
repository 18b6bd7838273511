package org.millrace.api.playback;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.millrace.model.key.ObjectKey;

/**
 * A representation that can be sent, whole or in part.
 *
 * @param type its media type
 * @param size bytes
 * @param etag strong entity tag, with quotes
 * @param modified when it came into being; null if unknown
 * @param body where its bytes are
 */
record Content(String type, long size, String etag, Instant modified, Body body) {

    /** Shorter texts are sent faster than compressed. */
    private static final int WORTH_COMPRESSING = 1024;

    /** Where bytes are. */
    sealed interface Body {

        /**
         * In memory.
         *
         * @param bytes the text
         * @param gzip the same compressed; null if that is not worth it
         */
        record Text(Buffer bytes, Buffer gzip) implements Body {}

        /**
         * In a file, which the kernel can send by itself.
         *
         * @param path the file
         * @param offset of the first byte in it
         */
        record LocalFile(Path path, long offset) implements Body {}

        /**
         * In a store elsewhere.
         *
         * @param object its key
         * @param offset of the first byte in it
         */
        record Remote(ObjectKey object, long offset) implements Body {}

        /** The same from a later byte on. */
        default Body from(long start) {
            return switch (this) {
                case Text text -> new Text(text.bytes.slice((int) start, text.bytes.length()), null);
                case LocalFile file -> new LocalFile(file.path, file.offset + start);
                case Remote remote -> new Remote(remote.object, remote.offset + start);
            };
        }
    }

    /** A text, in UTF-8, whose tag is made from its bytes. */
    static Content text(String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Buffer gzip = bytes.length < WORTH_COMPRESSING ? null : Buffer.buffer(compress(bytes));
        return new Content(type, bytes.length, etag(bytes), null, new Body.Text(Buffer.buffer(bytes), gzip));
    }

    /**
     * A part of this one as a representation of its own.
     *
     * @param partEtag its tag, with quotes
     * @param start first byte
     * @param length bytes
     */
    Content part(String partEtag, long start, long length) {
        return new Content(type, length, partEtag, null, body.from(start));
    }

    /** This one compressed, which is another representation with another tag; null if there is none. */
    Content gzipOrNull() {
        return body instanceof Body.Text text && text.gzip() != null
                ? new Content(
                        type,
                        text.gzip().length(),
                        etag.substring(0, etag.length() - 1) + "-gzip\"",
                        modified,
                        new Body.Text(text.gzip(), null))
                : null;
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 8 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
