package org.millrace.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.key.ObjectKey;

/** The store under test and what the contracts do with it again and again. */
abstract class StoreFixture {

    /** Larger than the S3 adapter's parts in tests, so that it is stored in several. */
    static final int LARGE = 17 << 20;

    @TempDir
    Path folder;

    MediaStore store;

    /** A new adapter over what an earlier adapter of the same test has stored. */
    abstract MediaStore open();

    @BeforeEach
    void open_the_store() {
        store = open();
    }

    /** Everything stored that is neither object nor append. */
    abstract List<String> leftovers();

    List<ObjectInfo> list(ObjectKey prefix) {
        try (Stream<ObjectInfo> objects = store.list(prefix)) {
            return objects.toList();
        }
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static byte[] content(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream stream(byte[] bytes, int from, int to) {
        return new ByteArrayInputStream(bytes, from, to - from);
    }
}
