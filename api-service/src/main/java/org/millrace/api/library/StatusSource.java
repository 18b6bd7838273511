package org.millrace.api.library;

import org.millrace.api.ledger.VideoRow;

/** Knows what is being done to a video right now. The status step offers the one that counts. */
public interface StatusSource {

    /** The work on this video; null if there is none to tell of. */
    StatusJson of(VideoRow video);
}
