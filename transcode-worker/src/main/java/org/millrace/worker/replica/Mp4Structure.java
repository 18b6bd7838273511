package org.millrace.worker.replica;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The structure of an ISO base media file (ISO/IEC 14496-12 §4.2): every box on the top level that holds no media,
 * wherever it stands. A file in fragments has its index in all of them and is left alone.
 */
final class Mp4Structure {

    /** Whole files have about five. */
    private static final int MOST_BOXES = 64;

    private static final int HEADER = 16;
    private static final Set<String> WITHOUT_MEANING = Set.of("mdat", "free", "skip", "wide");
    private static final Set<String> FRAGMENTED = Set.of("moof", "sidx", "styp");

    private Mp4Structure() {}

    /** Fetches it; empty if the file is built in another way. */
    static Optional<FileStructure> fetch(Replica replica, Runnable going) throws IOException {
        Set<String> seen = new HashSet<>();
        long position = 0;
        long bytes = 0;
        for (int boxes = 0; position < replica.size(); boxes++) {
            ByteBuffer header = replica.bytes(position, HEADER, going);
            if (header.remaining() < 8 || boxes == MOST_BOXES) {
                return Optional.empty();
            }
            long size = header.getInt() & 0xffffffffL;
            byte[] letters = new byte[4];
            header.get(letters);
            String type = new String(letters, StandardCharsets.ISO_8859_1);
            if (size == 1 && header.remaining() == 8) {
                size = header.getLong();
            } else if (size == 0) {
                size = replica.size() - position;
            }
            if (size < 8 || size > replica.size() - position || FRAGMENTED.contains(type)) {
                return Optional.empty();
            }
            if (!WITHOUT_MEANING.contains(type)) {
                bytes += size;
                if (bytes > FileStructure.MOST_BYTES) {
                    return Optional.empty();
                }
                replica.require(position, position + size, going);
            }
            seen.add(type);
            position += size;
        }
        return seen.containsAll(Set.of("moov", "mdat")) ? Optional.of(offset -> offset) : Optional.empty();
    }
}
