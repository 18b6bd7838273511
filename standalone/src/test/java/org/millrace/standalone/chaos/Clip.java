package org.millrace.standalone.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.millrace.standalone.testbed.Clips;

/**
 * A file to upload and what has to become of it.
 *
 * @param name what it is
 * @param bytes its content
 * @param seconds how long it plays; 0 if it is nothing to play and has to be refused
 */
record Clip(String name, byte[] bytes, double seconds) {

    /** The size of a box that players skip and uploads have to carry. */
    private static final int PADDING = 8 << 20;

    /** Its SHA-256, in hexadecimal digits. */
    String sha256() {
        return HexFormat.of().formatHex(StoreView.digest().digest(bytes));
    }

    /** What cameras, browsers and mistakes bring: something to copy, something to encode, something to refuse. */
    static List<Clip> mixture(Path folder) {
        return List.of(
                read("copied", Clips.h264(folder, "copied", 2), 2),
                read("encoded", Clips.webm(folder, "encoded", 3), 3),
                read("laddered", Clips.numbered(folder, "laddered", 6, 640, 360), 6),
                new Clip("no video", "This is no video.".repeat(50).getBytes(StandardCharsets.UTF_8), 0));
    }

    /** The smallest thing that plays. */
    static Clip tiny(Path folder) {
        return read("tiny", Clips.h264(folder, "tiny", 1), 1);
    }

    /** Something that takes long to send and short to make. */
    static Clip bulky(Path folder) {
        Clip small = tiny(folder);
        byte[] padded = Arrays.copyOf(small.bytes, small.bytes.length + PADDING);
        ByteBuffer box = ByteBuffer.wrap(padded, small.bytes.length, PADDING);
        box.putInt(PADDING).put("free".getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; box.remaining() >= Integer.BYTES; i++) {
            box.putInt(i * 0x9E3779B1);
        }
        return new Clip("bulky", padded, small.seconds);
    }

    private static Clip read(String name, Path file, double seconds) {
        try {
            return new Clip(name, Files.readAllBytes(file), seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
