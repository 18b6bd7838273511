package org.millrace.api.library;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;

/** What the row of a video alone tells: used where nothing better is at hand. */
@DefaultBean
@ApplicationScoped
class LedgerStatus implements StatusSource {

    @Override
    public StatusJson of(VideoRow video) {
        if (video.state != VideoState.PROCESSING) {
            return null;
        }
        return new StatusJson(video.facts == null ? "Analysing" : "Encoding", video.progress, null, null, null);
    }
}
