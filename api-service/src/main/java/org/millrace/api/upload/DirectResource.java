package org.millrace.api.upload;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.ledger.NewUpload;
import org.millrace.api.ledger.UploadLedger;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.library.WishesReader;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.model.id.UploadId;
import org.millrace.model.plan.PlanRequest;

/**
 * Uploads straight into a store that can sign addresses (S3), if the operator has opened them: announce a file, ask where
 * to send its parts, send them, complete.
 */
@Path(DirectResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Direct uploads", description = "Uploads that go to the store without passing through the API")
public class DirectResource {

    static final String PATH = "/api/v1/direct-uploads";

    private static final int MOST_ADDRESSES = 100;

    private final DirectIntake intake;
    private final Uploads uploads;
    private final UploadLedger ledger;
    private final WishesReader wishes;
    private final Access access;
    private final CurrentUser user;
    private final Clock clock;

    DirectResource(
            DirectIntake intake,
            Uploads uploads,
            UploadLedger ledger,
            WishesReader wishes,
            Access access,
            CurrentUser user,
            Clock clock) {
        this.intake = intake;
        this.uploads = uploads;
        this.ledger = ledger;
        this.wishes = wishes;
        this.access = access;
        this.user = user;
        this.clock = clock;
    }

    /** Announces a file. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Begin an upload straight into the store")
    @RequestBody(content = @Content(schema = @Schema(implementation = DirectWish.class)))
    @APIResponse(
            responseCode = "201",
            description = "In which parts the file is to be sent",
            content = @Content(schema = @Schema(implementation = DirectUploading.class)))
    public Response create(JsonNode body) {
        requireOpen();
        DirectWish wish = DirectWish.of(body);
        PlanRequest.Wishes wanted = wishes.read(wish.preset(), wish.normalise())
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_VALUE,
                        "“preset” is one of " + WishesReader.presets() + "; “normalise” is true or false."));
        if (!access.may(user.get(), Action.UPLOAD, null)) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        UploadRow upload = intake.announce(
                new NewUpload(user.get().name(), wish.length(), "", wish.fileName(), wish.title(), wanted));
        return Response.status(Response.Status.CREATED)
                .header("Location", PATH + "/" + upload.id)
                .entity(intake.look(upload))
                .build();
    }

    /** Tells how far an upload is. */
    @GET
    @Path("{id}")
    @Operation(summary = "Ask which parts have arrived")
    @APIResponse(
            responseCode = "200",
            description = "The parts, and the video if it is complete",
            content = @Content(schema = @Schema(implementation = DirectUploading.class)))
    public DirectUploading look(@RestPath String id) {
        return intake.look(find(id));
    }

    /** Tells where to send parts. */
    @POST
    @Path("{id}/addresses")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask where to send parts",
            description = "The body is {\"parts\": [1, 2]}; at most 100 at a time.")
    @APIResponse(responseCode = "200", description = "An address for each part, in the same order")
    public List<DirectUploading.Address> addresses(@RestPath String id, JsonNode body) {
        return intake.addresses(find(id), numbers(body));
    }

    /** Makes a video of an upload whose parts have all arrived. */
    @POST
    @Path("{id}/complete")
    @Operation(summary = "Complete an upload")
    @APIResponse(
            responseCode = "200",
            description = "The file is safe and the work on it begins",
            content = @Content(schema = @Schema(implementation = DirectUploading.class)))
    public DirectUploading complete(@RestPath String id) {
        intake.complete(find(id));
        return intake.look(find(id));
    }

    /** Gives an upload up. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Give an upload up")
    @APIResponse(responseCode = "204", description = "Nothing of it is left; a video that it has become stays")
    public void delete(@RestPath String id) {
        uploads.abandon(find(id).uploadId());
    }

    private void requireOpen() {
        if (!intake.isDirect()) {
            throw new ProblemException(ErrorCode.DIRECT_UPLOADS_CLOSED);
        }
    }

    private UploadRow find(String id) {
        requireOpen();
        UploadRow upload = UploadId.isValid(id) ? ledger.find(new UploadId(id)).orElse(null) : null;
        if (upload == null || !access.may(user.get(), Action.UPLOAD, upload.owner)) {
            throw new ProblemException(ErrorCode.UPLOAD_NOT_FOUND);
        }
        if (upload.expiresAt.isBefore(clock.instant())) {
            throw new ProblemException(ErrorCode.UPLOAD_EXPIRED);
        }
        return upload;
    }

    private static List<Integer> numbers(JsonNode body) {
        JsonNode parts = body == null ? null : body.get("parts");
        List<Integer> numbers = new ArrayList<>();
        boolean list = parts != null && parts.isArray() && !parts.isEmpty() && parts.size() <= MOST_ADDRESSES;
        for (int i = 0; list && i < parts.size(); i++) {
            list = parts.get(i).isInt();
            numbers.add(parts.get(i).intValue());
        }
        if (!list || body.size() != 1) {
            throw new ProblemException(
                    ErrorCode.INVALID_VALUE, "The body has to be {\"parts\": up to " + MOST_ADDRESSES + " numbers}.");
        }
        return numbers;
    }
}
