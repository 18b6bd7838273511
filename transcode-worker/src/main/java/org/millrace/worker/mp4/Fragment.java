package org.millrace.worker.mp4;

import java.util.List;

/**
 * A fragment with all its samples, in decode order.
 *
 * @param info its outline
 * @param samples at least one
 */
public record Fragment(FragmentInfo info, List<Sample> samples) {

    /** Copies the list. */
    public Fragment {
        samples = List.copyOf(samples);
    }
}
