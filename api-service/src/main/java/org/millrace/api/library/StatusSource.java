package org.millrace.api.library;

import org.millrace.api.ledger.VideoRow;

/** Knows what is being done to a video right now. */
public interface StatusSource {

    /** The status of this video as it stands now; never null. */
    StatusJson of(VideoRow video);
}
