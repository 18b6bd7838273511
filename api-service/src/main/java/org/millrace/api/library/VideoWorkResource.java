package org.millrace.api.library;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.millrace.api.account.Action;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/** What was done to a video, and what else can be done to it, for programs. */
@Path("/api/v1/videos/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Videos")
public class VideoWorkResource {

    private final VideoControl control;
    private final ReportReader reports;

    VideoWorkResource(VideoControl control, ReportReader reports) {
        this.control = control;
        this.reports = reports;
    }

    /**
     * A moment of a video.
     *
     * @param seconds from its beginning
     */
    @Schema(name = "Moment")
    record Moment(double seconds) {}

    /** What was done to a video. */
    @GET
    @Path("report")
    @Operation(summary = "Look at what was done to a video")
    @APIResponse(
            responseCode = "200",
            description = "Source, changes, effort and space",
            content = @Content(schema = @Schema(implementation = Report.class)))
    public Report report(@RestPath String id) {
        return reports.of(control.find(id, Action.SEE)).orElseThrow(() -> new ProblemException(ErrorCode.NOT_ANALYSED));
    }

    /** Makes all renditions anew. */
    @POST
    @Path("encode-again")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make all renditions anew; what plays now stays until the new ones are finished")
    @RequestBody(required = false, content = @Content(schema = @Schema(implementation = EncodeAgain.class)))
    @APIResponse(responseCode = "202", description = "The work begins")
    public Response encodeAgain(@RestPath String id, JsonNode body) {
        EncodeAgain wanted = EncodeAgain.of(body);
        control.encodeAgain(id, wanted.preset(), wanted.normalise());
        return Response.accepted().build();
    }

    /** Shows another moment on the poster. */
    @POST
    @Path("poster")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Show another moment of the video on its poster")
    @RequestBody(content = @Content(schema = @Schema(implementation = Moment.class)))
    @APIResponse(responseCode = "202", description = "The poster is being made")
    public Response poster(@RestPath String id, JsonNode body) {
        JsonNode seconds = body == null ? null : body.get("seconds");
        if (seconds == null || !seconds.isNumber() || body.size() != 1) {
            throw new ProblemException(ErrorCode.INVALID_VALUE, "The body has to be {\"seconds\": a number}.");
        }
        control.choosePoster(id, seconds.doubleValue());
        return Response.accepted().build();
    }
}
