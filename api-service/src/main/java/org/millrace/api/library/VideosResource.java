package org.millrace.api.library;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.ledger.AttemptLog;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoList;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.problem.Problem;

/** The videos, for programs. */
@Path("/api/v1/videos")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Videos", description = "Videos: list, look at, change, stop, try again, delete")
@APIResponse(
        responseCode = "default",
        description = "A problem, see docs/errors.md",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class VideosResource {

    private final VideoLedger ledger;
    private final VideoList list;
    private final AttemptLog attempts;
    private final VideoView view;
    private final VideoControl control;
    private final CurrentUser user;

    VideosResource(
            VideoLedger ledger,
            VideoList list,
            AttemptLog attempts,
            VideoView view,
            VideoControl control,
            CurrentUser user) {
        this.ledger = ledger;
        this.list = list;
        this.attempts = attempts;
        this.view = view;
        this.control = control;
        this.user = user;
    }

    /** The user's videos, newest first. */
    @GET
    @Operation(summary = "List videos, newest first")
    public VideoPageJson list(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "1")) @RestQuery
                    String page,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "24"))
                    @RestQuery
                    String size,
            @Parameter(description = "A part of the title, in any case") @RestQuery String q,
            @Parameter(schema = @Schema(implementation = VideoState.class)) @RestQuery String state) {
        VideoQuery query = VideoQuery.of(page, size, q, state);
        VideoList.Found found = list.page(
                new VideoList.Wanted(user.get().name(), query.text(), query.state()), query.page() - 1, query.size());
        return new VideoPageJson(
                view.of(found.videos()), query.page(), query.size(), found.total(), query.next(found.total()));
    }

    /** One video. */
    @GET
    @Path("{id}")
    @Operation(summary = "Look at a video")
    public VideoJson get(@RestPath String id) {
        return view.of(control.find(id, Action.SEE));
    }

    /** Every try at the video's tasks, in the order they began. */
    @GET
    @Path("{id}/attempts")
    @Operation(summary = "Look at every try at a video's tasks")
    public List<AttemptJson> attempts(@RestPath String id) {
        return attempts.of(control.find(id, Action.CONTROL).videoId()).stream()
                .map(AttemptJson::of)
                .toList();
    }

    /** Changes what people call a video and say about it. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(summary = "Change title or description (JSON merge patch)")
    @RequestBody(content = @Content(schema = @Schema(implementation = VideoEdit.class)))
    @APIResponse(
            responseCode = "200",
            description = "The video as it is now",
            content = @Content(schema = @Schema(implementation = VideoJson.class)))
    public VideoJson edit(@RestPath String id, JsonNode patch) {
        VideoRow video = control.find(id, Action.EDIT);
        VideoEdit edit = VideoEdit.of(patch);
        ledger.edit(video.videoId(), edit.title(), edit.description());
        return view.of(control.find(id, Action.SEE));
    }

    /** Deletes a video and all of its media. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a video and its media for ever")
    public void delete(@RestPath String id) {
        ledger.delete(control.find(id, Action.DELETE).videoId());
    }

    /** Tries again what failed or was stopped. */
    @POST
    @Path("{id}/retry")
    @Operation(summary = "Try again what failed or was stopped")
    @APIResponse(responseCode = "202", description = "The work goes on")
    public Response retry(@RestPath String id) {
        control.retry(id);
        return Response.accepted().build();
    }

    /** Stops the work on a video. */
    @POST
    @Path("{id}/cancel")
    @Operation(summary = "Stop the work on a video; what plays already stays")
    @APIResponse(responseCode = "202", description = "The work stops")
    public Response cancel(@RestPath String id) {
        control.cancel(id);
        return Response.accepted().build();
    }
}
