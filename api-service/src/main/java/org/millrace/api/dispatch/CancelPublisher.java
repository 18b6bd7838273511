package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.millrace.model.message.Cancel;
import org.millrace.model.message.Channels;

/** Tells the workers what is not wanted any more. A cancellation that is lost costs work, never a wrong result. */
@ApplicationScoped
class CancelPublisher {

    private static final Logger LOG = Logger.getLogger(CancelPublisher.class);

    private final Emitter<Cancel> control;

    CancelPublisher(
            @Channel(Channels.CONTROL) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
                    Emitter<Cancel> control) {
        this.control = control;
    }

    void on(@Observes Cancel cancel) {
        try {
            control.send(cancel).whenComplete((ok, failure) -> {
                if (failure != null) {
                    LOG.warnf("Task %s could not be cancelled at its worker: %s", cancel.task(), failure.getMessage());
                }
            });
        } catch (IllegalStateException e) {
            LOG.warnf("Task %s could not be cancelled at its worker: %s", cancel.task(), e.getMessage());
        }
    }
}
