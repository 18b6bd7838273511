package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.VideoTouched;
import org.millrace.model.id.VideoId;

class CatalogueTest {

    private static final VideoId VIDEO = VideoId.random();
    private static final Offering OFFERING = new Offering("local", "Title", 1, List.of());

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Ledger ledger = new Ledger();
    private Duration now = Duration.ZERO;
    private final Catalogue catalogue = new Catalogue(ledger, waiting::add, () -> now.toNanos());

    @Test
    void an_answer_is_remembered() {
        ledger.answer = OFFERING;

        assertThat(ask()).isEqualTo(OFFERING);
        assertThat(ask()).isEqualTo(OFFERING);
        assertThat(ledger.questions).isEqualTo(1);
    }

    @Test
    void a_video_deleted_elsewhere_is_served_for_no_longer_than_thirty_seconds() {
        ledger.answer = OFFERING;
        ask();
        ledger.answer = null;

        now = Duration.ofMillis(29_900);
        assertThat(ask()).isEqualTo(OFFERING);
        now = Duration.ofSeconds(30);
        assertThat(ask()).isNull();
    }

    @Test
    void asking_does_not_prolong_the_memory() {
        ledger.answer = OFFERING;
        for (int second = 0; second < 30; second += 5) {
            now = Duration.ofSeconds(second);
            ask();
        }
        ledger.answer = null;

        now = Duration.ofSeconds(30);
        assertThat(ask()).isNull();
    }

    @Test
    void news_of_a_video_is_heeded_at_once() {
        ledger.answer = OFFERING;
        ask();
        ledger.answer = null;

        catalogue.forget(new VideoTouched(VIDEO, true));

        assertThat(ask()).isNull();
    }

    @Test
    void what_is_not_there_is_asked_for_again() {
        assertThat(ask()).isNull();
        ledger.answer = OFFERING;

        assertThat(ask()).isEqualTo(OFFERING);
    }

    @Test
    void many_who_ask_at_once_cost_one_question() {
        ledger.answer = OFFERING;
        List<CompletableFuture<Offering>> asked =
                List.of(catalogue.offering(VIDEO), catalogue.offering(VIDEO), catalogue.offering(VIDEO));

        work();

        assertThat(asked).allMatch(future -> future.join().equals(OFFERING));
        assertThat(ledger.questions).isEqualTo(1);
    }

    @Test
    void a_failure_is_not_remembered() {
        ledger.broken = true;
        assertThat(catalogue.offering(VIDEO)).satisfies(failed -> {
            work();
            assertThat(failed).isCompletedExceptionally();
        });
        ledger.broken = false;
        ledger.answer = OFFERING;

        assertThat(ask()).isEqualTo(OFFERING);
    }

    @Test
    void the_ledger_is_read_outside_the_context_of_the_request_that_asks() {
        ledger.answer = OFFERING;
        Vertx vertx = Vertx.vertx();
        try {
            Offering answer = Future.<Offering>future(asked -> vertx.runOnContext(
                            start -> new Catalogue(ledger).offering(VIDEO).thenAccept(asked::complete)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();

            assertThat(answer).isEqualTo(OFFERING);
            assertThat(ledger.context).isNull();
        } finally {
            vertx.close();
        }
    }

    private Offering ask() {
        CompletableFuture<Offering> asked = catalogue.offering(VIDEO);
        work();
        return asked.join();
    }

    private void work() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private static final class Ledger extends CatalogueReader {

        private Offering answer;
        private boolean broken;
        private int questions;
        private volatile Context context;

        private Ledger() {
            super(null, null, null);
        }

        @Override
        Offering offeringOrNull(VideoId video) {
            questions++;
            context = Vertx.currentContext();
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return answer;
        }
    }
}
