package org.millrace.api.dispatch;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.VideoTouched;
import org.millrace.model.message.Channels;
import org.millrace.model.message.Signal;

/**
 * Tells the other replicas of the API which videos this one has changed, where there may be others. A word that is lost
 * costs seconds: what a replica remembers of a video it forgets by itself.
 */
@ApplicationScoped
@IfBuildProperty(name = "quarkus.datasource.db-kind", stringValue = "postgresql")
class ChangePublisher {

    private static final Logger LOG = Logger.getLogger(ChangePublisher.class);

    private final Emitter<Signal> news;
    private final Broker broker;

    ChangePublisher(
            @Channel(Channels.NEWS) @OnOverflow(value = OnOverflow.Strategy.DROP) Emitter<Signal> news, Broker broker) {
        this.news = news;
        this.broker = broker;
    }

    void on(@Observes VideoTouched touched) {
        if (!touched.here() || !broker.isReachable()) {
            return;
        }
        try {
            news.send(new Signal.VideoChanged(touched.video()));
        } catch (IllegalStateException e) {
            LOG.debugf("Other replicas were not told of video %s: %s", touched.video(), e.getMessage());
        }
    }
}
