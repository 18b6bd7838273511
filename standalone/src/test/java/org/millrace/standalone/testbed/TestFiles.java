package org.millrace.standalone.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files that lie beside the tests. */
public final class TestFiles {

    private TestFiles() {}

    /** The text of a resource. */
    public static String text(String name) {
        try (InputStream in = Objects.requireNonNull(TestFiles.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
