package org.millrace.api.library;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.model.id.VideoId;

/** The live state of one video. */
@Path("/api/v1/videos/{id}/events")
@Tag(name = "Events", description = "Live state, as server-sent events")
public class VideoEventsResource {

    private final EventStreams streams;
    private final CurrentUser user;

    VideoEventsResource(EventStreams streams, CurrentUser user) {
        this.streams = streams;
        this.user = user;
    }

    /** The video as it is, and again whenever it changes. */
    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Follow a video")
    public Multi<OutboundSseEvent> follow(@RestPath String id, Sse sse) {
        if (!VideoId.isValid(id) || !streams.isVisible(new VideoId(id), user.get())) {
            throw new ProblemException(ErrorCode.VIDEO_NOT_FOUND);
        }
        return streams.of(new VideoId(id), user.get(), sse);
    }
}
