package org.millrace.model.task;

import java.util.Base64;

/**
 * Two small pictures by which neighbouring chunks are compared: the frame that one chunk would have made next must be the
 * one that the other begins with. A source that does not seek exactly is found out by it.
 *
 * @param first the chunk's first frame: luma of {@link #WIDTH} × {@link #HEIGHT} pixels in base64; null if unknown
 * @param next the frame after its last one; null if the source ends there or it is unknown
 */
public record Seam(String first, String next) {

    /** Columns of a picture. */
    public static final int WIDTH = 32;

    /** Rows of a picture. */
    public static final int HEIGHT = 18;

    /** Scaling is not exact to the bit on all machines; more than this is another picture. */
    private static final int TOLERANCE = 6;

    /** Whether a chunk that follows this one goes on where this one stopped; true if either cannot tell. */
    public boolean fits(Seam following) {
        if (next == null || following == null || following.first() == null) {
            return true;
        }
        byte[] expected = Base64.getDecoder().decode(next);
        byte[] found = Base64.getDecoder().decode(following.first());
        if (expected.length != found.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (Math.abs((expected[i] & 0xff) - (found[i] & 0xff)) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }
}
