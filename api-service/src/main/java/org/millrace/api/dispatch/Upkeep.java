package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.LeadLedger;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.WorkLedger;
import org.millrace.model.task.Lane;

/**
 * Puts back into the backlog what has fallen out of the ordinary course: lapsed reservations, offers the queue has lost,
 * chunks that come too late, videos whose encoder is gone. The dispatcher's thread does it, at most once a second: it can
 * wait, while somebody may wait for what is offered next.
 */
@ApplicationScoped
class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ENCODER_PATIENCE = Duration.ofSeconds(10);

    private final TaskLedger tasks;
    private final WorkLedger work;
    private final LeadLedger leads;
    private final VideoLedger videos;
    private final Publication publication;
    private final Fleet fleet;
    private final DispatchConfig config;
    private final Clock clock;
    private Instant keptAt = Instant.MIN;
    private Instant lookedForEncodersAt = Instant.MIN;

    Upkeep(
            TaskLedger tasks,
            WorkLedger work,
            LeadLedger leads,
            VideoLedger videos,
            Publication publication,
            Fleet fleet,
            DispatchConfig config,
            Clock clock) {
        this.tasks = tasks;
        this.work = work;
        this.leads = leads;
        this.videos = videos;
        this.publication = publication;
        this.fleet = fleet;
        this.config = config;
        this.clock = clock;
    }

    /** Does all of it if the last time is long enough ago. */
    void keep() {
        Instant now = clock.instant();
        if (keptAt.plus(PAUSE).isAfter(now) && !keptAt.isAfter(now)) {
            return;
        }
        keptAt = now;
        tasks.takeBackStaleReservations();
        leads.addToLate();
        planForOtherEncoders();
        for (Lane lane : Lane.values()) {
            takeBackForgotten(lane);
        }
    }

    /** Videos begun with an encoder that no live worker has are begun anew: their pieces could never be joined. */
    private void planForOtherEncoders() {
        Instant now = clock.instant();
        Set<String> encoders = fleet.encoders();
        if (encoders.isEmpty() || lookedForEncodersAt.plus(ENCODER_PATIENCE).isAfter(now)) {
            return;
        }
        lookedForEncodersAt = now;
        int anew = videos.planAnewWithout(encoders, now.minus(config.lease()));
        if (anew > 0) {
            LOG.warnf("%d videos are begun anew: no worker has the encoder that they were begun with", anew);
        }
    }

    /**
     * Offers again what the queue seems to have lost: what waits three times longer than the whole window should
     * take, never while the broker is away, and not before one lease after its return.
     */
    private void takeBackForgotten(Lane lane) {
        if (config.transport() == DispatchConfig.Transport.MEMORY) {
            return;
        }
        Instant now = clock.instant();
        boolean settled = publication
                .reachableSince()
                .map(since -> since.plus(config.lease()).isBefore(now))
                .orElse(false);
        if (!settled) {
            return;
        }
        double ahead = work.weightUnstarted(lane) / Math.max(1, fleet.slots(lane));
        Duration wait = Duration.ofSeconds((long) (3 * ahead));
        Duration limit = wait.compareTo(config.forgottenAfter()) > 0 ? wait : config.forgottenAfter();
        int taken = tasks.takeBackForgotten(lane, now.minus(limit));
        if (taken > 0) {
            LOG.warnf("%d tasks of the %s lane were published but never started; they are offered again", taken, lane);
        }
    }
}
