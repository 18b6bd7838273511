package org.millrace.worker.mp4;

import java.util.List;

/**
 * What a join has written.
 *
 * @param initLength bytes of {@code ftyp} and {@code moov}, what playlists name as the init segment; the global index
 *     follows it
 * @param length bytes of the whole file
 * @param sha256 of the whole file, lower-case hex
 * @param durationTicks sum of all fragments
 * @param fragments in order, with offsets in the joined file
 */
public record JoinedFile(
        long initLength, long length, String sha256, long durationTicks, List<FragmentInfo> fragments) {

    /** Copies the list. */
    public JoinedFile {
        fragments = List.copyOf(fragments);
    }
}
