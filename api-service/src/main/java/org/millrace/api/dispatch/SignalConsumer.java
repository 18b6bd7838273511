package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.millrace.api.ledger.VideoTouched;
import org.millrace.model.message.Channels;
import org.millrace.model.message.Signal;

/** Hears the lossy news of workers and other replicas and passes them on, without ever waiting. */
@ApplicationScoped
class SignalConsumer {

    private final Fleet fleet;
    private final Leases leases;
    private final Event<Signal.Progress> progress;
    private final Event<VideoTouched> touched;

    SignalConsumer(Fleet fleet, Leases leases, Event<Signal.Progress> progress, Event<VideoTouched> touched) {
        this.fleet = fleet;
        this.leases = leases;
        this.progress = progress;
        this.touched = touched;
    }

    @Incoming(Channels.PROGRESS)
    void on(Signal signal) {
        switch (signal) {
            case Signal.Progress tick -> {
                leases.heard(tick);
                progress.fire(tick);
            }
            case Signal.WorkerAlive alive -> fleet.heard(alive);
            case Signal.VideoChanged changed -> touched.fire(new VideoTouched(changed.video(), false));
        }
    }
}
