package org.millrace.api.library;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.User;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.library.ToldVideos.Seen;
import org.millrace.api.status.VideoFeed;
import org.millrace.api.status.VideoFeed.News;
import org.millrace.model.id.VideoId;

/**
 * Server-sent events (WHATWG HTML, section 9.2): the state of videos as it changes. The stream of one video begins
 * with its state as it is, so a page that is opened late, or comes back after a loss, needs nothing else.
 */
@ApplicationScoped
class EventStreams {

    /** Keeps proxies from closing a stream on which nothing happens. */
    private static final Duration PULSE = Duration.ofSeconds(15);

    /** Telling takes little and never waits for long; it must not take the threads and connections that pages need. */
    private static final int TELLERS = 2;

    private final ToldVideos told;
    private final VideoLedger ledger;
    private final VideoFeed feed;
    private final Access access;

    /** Of its own: Mutiny's pool hands the request's context on, which may have ended, or be in use on another thread. */
    private final ExecutorService tellers = Executors.newFixedThreadPool(
            TELLERS, Thread.ofPlatform().daemon().name("event-streams-", 1).factory());

    EventStreams(ToldVideos told, VideoLedger ledger, VideoFeed feed, Access access) {
        this.told = told;
        this.ledger = ledger;
        this.feed = feed;
        this.access = access;
    }

    /** Event {@code status} with the JSON of the video, now and at every change; {@code gone} when it is deleted. */
    Multi<OutboundSseEvent> of(VideoId video, User asking, Sse sse) {
        Multi<News> changes = Multi.createBy()
                .merging()
                .streams(
                        Multi.createFrom().item(News.none(video)),
                        feed.changes().filter(news -> news.video().equals(video)));
        return withPulse(told("status", changes, asking, sse), sse);
    }

    /** Event {@code video} with the JSON of every video of the user that changes; {@code gone} for one that is gone. */
    Multi<OutboundSseEvent> ofAll(User asking, Sse sse) {
        return withPulse(told("video", feed.changes(), asking, sse), sse);
    }

    /** Whether a video is there and the user may see it. */
    boolean isVisible(VideoId video, User asking) {
        return ledger.find(video)
                .filter(row -> access.may(asking, Action.SEE, row.owner))
                .isPresent();
    }

    void onStop(@Observes ShutdownEvent stop) {
        tellers.shutdownNow();
    }

    private Multi<OutboundSseEvent> told(String name, Multi<News> changes, User asking, Sse sse) {
        return changes.emitOn(tellers).map(news -> event(sse, name, news.video(), asking, told.of(news)));
    }

    private static Multi<OutboundSseEvent> withPulse(Multi<OutboundSseEvent> events, Sse sse) {
        Multi<OutboundSseEvent> pulse = Multi.createFrom()
                .ticks()
                .startingAfter(PULSE)
                .every(PULSE)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("alive").build());
        return Multi.createBy().merging().streams(events, pulse);
    }

    private OutboundSseEvent event(Sse sse, String name, VideoId video, User asking, Optional<Seen> seen) {
        return seen.filter(it -> access.may(asking, Action.SEE, it.owner()))
                .map(it -> event(sse, name, it.video()))
                .orElseGet(() -> event(sse, "gone", video));
    }

    private static OutboundSseEvent event(Sse sse, String name, Object data) {
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build();
    }
}
