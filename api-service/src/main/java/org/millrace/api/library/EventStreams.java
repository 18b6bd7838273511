package org.millrace.api.library;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.User;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.status.VideoFeed;
import org.millrace.model.id.VideoId;

/**
 * Server-sent events (WHATWG HTML, section 9.2): the state of videos as it changes. The stream of one video begins
 * with its state as it is, so a page that is opened late, or comes back after a loss, needs nothing else.
 */
@ApplicationScoped
class EventStreams {

    /** Keeps proxies from closing a stream on which nothing happens. */
    private static final Duration PULSE = Duration.ofSeconds(15);

    private final VideoLedger ledger;
    private final VideoView view;
    private final VideoFeed feed;
    private final Access access;

    EventStreams(VideoLedger ledger, VideoView view, VideoFeed feed, Access access) {
        this.ledger = ledger;
        this.view = view;
        this.feed = feed;
        this.access = access;
    }

    /** Event {@code status} with the JSON of the video, now and at every change; {@code gone} when it is deleted. */
    Multi<OutboundSseEvent> of(VideoId video, User asking, Sse sse) {
        Multi<VideoId> changes = Multi.createBy()
                .merging()
                .streams(Multi.createFrom().item(video), feed.changes().filter(video::equals));
        return told("status", changes, asking, sse);
    }

    /** Event {@code video} with the JSON of every video of the user that changes; {@code gone} for one that is gone. */
    Multi<OutboundSseEvent> ofAll(User asking, Sse sse) {
        return told("video", feed.changes(), asking, sse);
    }

    /** A video, if it is there and the user may see it. */
    Optional<VideoRow> visible(VideoId video, User asking) {
        return ledger.find(video).filter(row -> access.may(asking, Action.SEE, row.owner));
    }

    private Multi<OutboundSseEvent> told(String name, Multi<VideoId> changes, User asking, Sse sse) {
        Multi<OutboundSseEvent> events = changes.emitOn(Infrastructure.getDefaultWorkerPool())
                .map(video -> visible(video, asking)
                        .map(row -> event(sse, name, view.of(row)))
                        .orElseGet(() -> event(sse, "gone", video)));
        Multi<OutboundSseEvent> pulse = Multi.createFrom()
                .ticks()
                .startingAfter(PULSE)
                .every(PULSE)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("alive").build());
        return Multi.createBy().merging().streams(events, pulse);
    }

    private static OutboundSseEvent event(Sse sse, String name, Object data) {
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build();
    }
}
