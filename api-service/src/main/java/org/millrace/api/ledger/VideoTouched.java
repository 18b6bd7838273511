package org.millrace.api.ledger;

import org.millrace.model.id.VideoId;

/**
 * CDI event: the ledger has news of a video; read it again.
 *
 * @param video which video; it may be gone
 */
public record VideoTouched(VideoId video) {}
