package org.millrace.api.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.VideoTouched;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.Signal;

class ChangePublisherTest {

    private final Sent sent = new Sent();
    private final Broker broker = new Broker(new InMemory(), null, null, Clock.systemUTC());
    private final ChangePublisher publisher = new ChangePublisher(sent, broker);
    private final VideoId video = VideoId.random();

    @Test
    void what_this_replica_has_changed_is_told_to_the_others() {
        publisher.on(new VideoTouched(video, true));
        assertThat(sent.news).containsExactly(new Signal.VideoChanged(video));
    }

    @Test
    void what_another_replica_has_told_is_not_told_again_or_it_would_go_round_for_ever() {
        publisher.on(new VideoTouched(video, false));
        assertThat(sent.news).isEmpty();
    }

    @Test
    void a_word_that_cannot_be_sent_does_no_harm_to_the_change() {
        sent.full = true;
        publisher.on(new VideoTouched(video, true));
        assertThat(sent.news).isEmpty();
    }

    /** Keeps what is sent. */
    private static final class Sent implements Emitter<Signal> {

        private final List<Signal> news = new ArrayList<>();
        private boolean full;

        @Override
        public CompletionStage<Void> send(Signal signal) {
            if (full) {
                throw new IllegalStateException("no room");
            }
            news.add(signal);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public <M extends Message<? extends Signal>> void send(M message) {
            throw new AssertionError("only payloads are sent");
        }

        @Override
        public void complete() {
            throw new AssertionError("it never ends");
        }

        @Override
        public void error(Exception e) {
            throw new AssertionError(e);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean hasRequests() {
            return true;
        }
    }

    /** A broker that is always there. */
    private static final class InMemory implements DispatchConfig {

        @Override
        public Transport transport() {
            return Transport.MEMORY;
        }

        @Override
        public Duration lease() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration longestAttempt() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration confirmTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int windowAtLeast() {
            return 1;
        }

        @Override
        public int windowPerSlot() {
            return 1;
        }

        @Override
        public Duration forgottenAfter() {
            return Duration.ofMinutes(1);
        }

        @Override
        public MemorySize keepFree() {
            return new MemorySize(BigInteger.ZERO);
        }
    }
}
