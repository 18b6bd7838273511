package org.millrace.api.library;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.millrace.api.account.CurrentUser;

/** The live state of all videos. */
@Path("/api/v1/events")
@Tag(name = "Events", description = "Live state, as server-sent events")
public class EventsResource {

    private final EventStreams streams;
    private final CurrentUser user;

    EventsResource(EventStreams streams, CurrentUser user) {
        this.streams = streams;
        this.user = user;
    }

    /** Every video of the user that changes, from now on. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Follow all videos")
    public Multi<OutboundSseEvent> all(Sse sse) {
        return streams.ofAll(user.get(), sse);
    }
}
