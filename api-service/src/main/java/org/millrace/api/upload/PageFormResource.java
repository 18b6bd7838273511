package org.millrace.api.upload;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Uploads from the plain form of the upload page, where no script runs. */
@Path("/")
@RunOnVirtualThread
public class PageFormResource {

    private final FormIntake intake;

    PageFormResource(FormIntake intake) {
        this.intake = intake;
    }

    /** Takes the file and sends the browser on to the page of its video. */
    @POST
    @Path("upload")
    @TakesFile
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public Response upload(
            @RestForm FileUpload file, @RestForm String title, @RestForm String preset, @RestForm String normalise) {
        return Response.status(Response.Status.SEE_OTHER)
                .header("Location", "/watch/" + intake.take(file, title, preset, normalise))
                .build();
    }
}
