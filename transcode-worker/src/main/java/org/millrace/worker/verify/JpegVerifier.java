package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Verifies a poster: a JPEG from its first marker to its last, with a size. */
@ApplicationScoped
public class JpegVerifier {

    private static final int START = 0xffd8;
    private static final int END = 0xffd9;

    /**
     * Size of a picture.
     *
     * @param width pixels
     * @param height pixels
     */
    public record Size(int width, int height) {}

    /** The size of a picture that is whole. */
    public Size verify(Path file) {
        try (RandomAccessFile jpeg = new RandomAccessFile(file.toFile(), "r")) {
            if (jpeg.length() < 4 || jpeg.readUnsignedShort() != START) {
                throw Invalid.output("The poster is not a JPEG");
            }
            Size size = frameSize(jpeg);
            jpeg.seek(jpeg.length() - 2);
            if (jpeg.readUnsignedShort() != END) {
                throw Invalid.output("The poster is cut off");
            }
            return size;
        } catch (IOException e) {
            throw Invalid.output("The poster cannot be read: " + e, e);
        }
    }

    /** Walks the segments up to the frame header, markers SOF0 to SOF2. */
    private static Size frameSize(RandomAccessFile jpeg) throws IOException {
        while (true) {
            int marker = jpeg.readUnsignedShort();
            int length = jpeg.readUnsignedShort();
            if (marker >= 0xffc0 && marker <= 0xffc2) {
                jpeg.skipBytes(1);
                int height = jpeg.readUnsignedShort();
                return new Size(jpeg.readUnsignedShort(), height);
            }
            jpeg.seek(jpeg.getFilePointer() + length - 2);
        }
    }
}
