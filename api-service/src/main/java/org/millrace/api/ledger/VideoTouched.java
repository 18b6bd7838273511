package org.millrace.api.ledger;

import org.millrace.model.id.VideoId;

/**
 * CDI event: the ledger has news of a video; read it again.
 *
 * @param video which video; it may be gone
 * @param here whether this process has changed it; otherwise another replica has, and the others know already
 */
public record VideoTouched(VideoId video, boolean here) {}
