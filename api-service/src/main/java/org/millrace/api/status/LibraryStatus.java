package org.millrace.api.status;

import jakarta.enterprise.context.ApplicationScoped;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.library.StatusJson;
import org.millrace.api.library.StatusSource;

/** Tells the library what {@link StatusReader} knows of a video. */
@ApplicationScoped
class LibraryStatus implements StatusSource {

    private final StatusReader reader;

    LibraryStatus(StatusReader reader) {
        this.reader = reader;
    }

    @Override
    public StatusJson of(VideoRow video) {
        VideoStatus status = reader.of(video);
        return new StatusJson(
                status.stage(), status.percent(), status.speed(), status.etaSeconds(), status.queuePlace());
    }
}
