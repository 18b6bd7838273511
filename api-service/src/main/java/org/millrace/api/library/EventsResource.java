package org.millrace.api.library;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.account.User;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.status.VideoFeed;
import org.millrace.model.id.VideoId;

/**
 * Server-sent events (WHATWG HTML, section 9.2): the state of videos as it changes. A stream begins with the state as
 * it is, so a page that is opened late, or comes back after a loss, needs nothing else.
 */
@Path("/api/v1")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "Events", description = "Live state, as server-sent events")
public class EventsResource {

    /** Keeps proxies from closing a stream on which nothing happens. */
    private static final Duration PULSE = Duration.ofSeconds(15);

    private final VideoLedger ledger;
    private final VideoView view;
    private final VideoFeed feed;
    private final Access access;
    private final CurrentUser user;

    EventsResource(VideoLedger ledger, VideoView view, VideoFeed feed, Access access, CurrentUser user) {
        this.ledger = ledger;
        this.view = view;
        this.feed = feed;
        this.access = access;
        this.user = user;
    }

    /** One video: event {@code status}, the same JSON as the video itself; {@code gone} when it is deleted. */
    @GET
    @Path("videos/{id}/events")
    @Blocking
    @Operation(summary = "Follow a video")
    public Multi<OutboundSseEvent> video(@RestPath String id, Sse sse) {
        User asking = user.get();
        if (!VideoId.isValid(id) || visible(new VideoId(id), asking).isEmpty()) {
            throw new ProblemException(ErrorCode.VIDEO_NOT_FOUND);
        }
        VideoId video = new VideoId(id);
        Multi<VideoId> changes = Multi.createBy()
                .merging()
                .streams(Multi.createFrom().item(video), feed.changes().filter(video::equals));
        return withPulse(
                changes.emitOn(Infrastructure.getDefaultWorkerPool())
                        .map(changed -> visible(changed, asking)
                                .map(row -> event(sse, "status", view.of(row)))
                                .orElseGet(() -> event(sse, "gone", video))),
                sse);
    }

    /** Every video of the user that changes: event {@code video}, the same JSON as the video itself. */
    @GET
    @Path("events")
    @Operation(summary = "Follow all videos")
    public Multi<OutboundSseEvent> all(Sse sse) {
        User asking = user.get();
        return withPulse(
                feed.changes()
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .map(changed -> visible(changed, asking)
                                .map(row -> event(sse, "video", view.of(row)))
                                .orElseGet(() -> event(sse, "gone", changed))),
                sse);
    }

    private Optional<VideoRow> visible(VideoId video, User asking) {
        return ledger.find(video).filter(row -> access.may(asking, Action.SEE, row.owner));
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

    private static OutboundSseEvent event(Sse sse, String name, Object data) {
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build();
    }
}
