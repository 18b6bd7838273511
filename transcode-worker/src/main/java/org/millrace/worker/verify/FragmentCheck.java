package org.millrace.worker.verify;

import org.millrace.worker.mp4.Fragment;
import org.millrace.worker.mp4.InitSegment;

/** Looks at a track fragment by fragment, in order, as it is made. It refuses by an exception. */
public interface FragmentCheck {

    /** Takes the init segment, before any fragment. */
    void init(InitSegment init);

    /**
     * Takes the next fragment.
     *
     * @return whether it belongs to the result; what exists already does not
     */
    boolean take(Fragment fragment);
}
