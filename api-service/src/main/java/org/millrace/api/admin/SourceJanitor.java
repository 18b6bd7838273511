package org.millrace.api.admin;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.VideoLedger;

/** Deletes uploaded files that need not be kept any longer. */
@ApplicationScoped
class SourceJanitor {

    private static final Logger LOG = Logger.getLogger(SourceJanitor.class);

    private final VideoLedger videos;
    private final SourceConfig config;
    private final Clock clock;

    SourceJanitor(VideoLedger videos, SourceConfig config, Clock clock) {
        this.videos = videos;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void dropSources() {
        config.keepFor().ifPresent(age -> {
            int dropped = videos.dropSources(clock.instant().minus(age));
            if (dropped > 0) {
                LOG.infof("%d uploaded files were deleted: their videos have been finished for %s", dropped, age);
            }
        });
    }
}
