package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads lines whose length nobody vouches for: what goes beyond a bound is dropped. */
final class BoundedLines {

    private static final int LONGEST = 1 << 20;

    private BoundedLines() {}

    /** Reads to the end and hands on each line, ended by LF or CR; the stream is closed afterwards. */
    static void read(InputStream stream, Consumer<String> consumer) throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n' || buffer[i] == '\r') {
                        emit(line, length, consumer);
                        length = 0;
                    } else if (length < LONGEST) {
                        if (length == line.length) {
                            line = Arrays.copyOf(line, line.length * 2);
                        }
                        line[length++] = buffer[i];
                    }
                }
            }
            emit(line, length, consumer);
        }
    }

    private static void emit(byte[] line, int length, Consumer<String> consumer) {
        if (length > 0) {
            consumer.accept(new String(line, 0, length, StandardCharsets.UTF_8));
        }
    }
}
