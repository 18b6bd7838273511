package org.millrace.worker.analyse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Whether an ISO base media file (MP4, MOV) says that its samples are encrypted: a sample entry named {@code encv},
 * {@code enca}, {@code drmi} or {@code drms} (ISO/IEC 14496-12 §8.12). FFmpeg shows the name behind it instead.
 */
final class ProtectedBoxes {

    private static final Logger LOG = Logger.getLogger(ProtectedBoxes.class);
    private static final Set<String> ON_THE_WAY = Set.of("moov", "trak", "mdia", "minf", "stbl");
    private static final Set<String> PROTECTED = Set.of("encv", "enca", "drmi", "drms");
    private static final int BOX_LIMIT = 100_000;

    private final RandomAccessFile file;
    private int boxes;

    private ProtectedBoxes(RandomAccessFile file) {
        this.file = file;
    }

    /** Whether there is such an entry; false if the file cannot be read that far. */
    static boolean areIn(Path path) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return new ProtectedBoxes(file).search(0, file.length());
        } catch (IOException e) {
            LOG.debugf("Cannot tell whether the file is encrypted: %s", e);
            return false;
        }
    }

    private boolean search(long from, long to) throws IOException {
        long position = from;
        while (position + 8 <= to && boxes++ < BOX_LIMIT) {
            file.seek(position);
            long size = file.readInt() & 0xffffffffL;
            byte[] letters = new byte[4];
            file.readFully(letters);
            String type = new String(letters, StandardCharsets.ISO_8859_1);
            if (size == 1) {
                size = file.readLong();
            } else if (size == 0) {
                size = to - position;
            }
            long end = position + size;
            if (size < 8 || end > to) {
                return false;
            }
            long body = file.getFilePointer();
            boolean found = PROTECTED.contains(type)
                    || (type.equals("stsd") && search(body + 8, end))
                    || (ON_THE_WAY.contains(type) && search(body, end));
            if (found) {
                return true;
            }
            position = end;
        }
        return false;
    }
}
