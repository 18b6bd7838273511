package org.millrace.api.upload;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.millrace.model.id.VideoId;

/** Uploads by scripts: one form with one file. */
@Path("/api/v1/videos")
@RunOnVirtualThread
@Tag(name = "Videos")
public class VideoFormResource {

    private final FormIntake intake;

    VideoFormResource(FormIntake intake) {
        this.intake = intake;
    }

    /** Uploads a video in one request. */
    @POST
    @TakesFile
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Upload a video in one request")
    @APIResponse(
            responseCode = "201",
            description = "The file is safe and the work on it begins; Location tells where to ask for it",
            content = @Content(schema = @Schema(implementation = Created.class)))
    public Response create(
            @RestForm FileUpload file, @RestForm String title, @RestForm String preset, @RestForm String normalise) {
        VideoId video = intake.take(file, title, preset, normalise);
        return Response.status(Response.Status.CREATED)
                .header("Location", "/api/v1/videos/" + video)
                .entity(new Created(video.value()))
                .build();
    }

    /**
     * What an upload has become.
     *
     * @param id identifier of the video
     */
    @Schema(name = "CreatedVideo")
    public record Created(String id) {}
}
