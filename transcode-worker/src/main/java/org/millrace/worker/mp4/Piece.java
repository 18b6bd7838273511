package org.millrace.worker.mp4;

import java.util.List;

/**
 * Fragments to be joined, from one source.
 *
 * @param name what sentences call it
 * @param initSha256 {@link InitSegment#sha256()} of the init segment they were made for
 * @param source where their bytes are
 * @param fragments in order, with offsets in the source; at least one
 */
public record Piece(String name, String initSha256, FragmentSource source, List<FragmentInfo> fragments) {

    /** Copies the list. */
    public Piece {
        fragments = List.copyOf(fragments);
        if (fragments.isEmpty()) {
            throw new IllegalArgumentException("A piece without fragments: " + name);
        }
    }
}
