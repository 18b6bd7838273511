package org.millrace.api.upload;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
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
 * Resumable uploads by <a href="https://tus.io/protocols/resumable-upload">tus 1.0.0</a>: core, creation (with upload),
 * termination, expiration and checksum. On virtual threads, because a slow sender keeps its thread for as long as it
 * sends.
 */
@Path(Tus.PATH)
@RunOnVirtualThread
@Tag(name = "Uploads", description = "Resumable uploads by tus 1.0.0")
public class TusResource {

    private final Uploads uploads;
    private final UploadLedger ledger;
    private final Senders senders;
    private final Room room;
    private final UploadConfig config;
    private final WishesReader wishes;
    private final Access access;
    private final CurrentUser user;
    private final Clock clock;
    private final Duration patience;

    TusResource(
            Uploads uploads,
            UploadLedger ledger,
            Senders senders,
            Room room,
            UploadConfig config,
            WishesReader wishes,
            Access access,
            CurrentUser user,
            Clock clock,
            @ConfigProperty(name = "quarkus.http.read-timeout") Duration patience) {
        this.uploads = uploads;
        this.ledger = ledger;
        this.senders = senders;
        this.room = room;
        this.config = config;
        this.wishes = wishes;
        this.access = access;
        this.user = user;
        this.clock = clock;
        this.patience = patience;
    }

    /** Tells which parts of tus there are. */
    @OPTIONS
    @Operation(summary = "Ask which parts of tus are supported")
    @APIResponse(responseCode = "204", description = "See the headers Tus-Version, Tus-Extension, Tus-Max-Size")
    public Response options() {
        return Response.noContent()
                .header("Tus-Version", Tus.VERSION)
                .header("Tus-Extension", Tus.EXTENSIONS)
                .header("Tus-Max-Size", room.largest())
                .header("Tus-Checksum-Algorithm", Checksum.ALGORITHMS)
                .build();
    }

    /** Tells the same for an upload. */
    @OPTIONS
    @Path("{id}")
    @Operation(hidden = true)
    public Response options(@RestPath String id) {
        return options();
    }

    /** Announces an upload, and may bring its first bytes. */
    @POST
    @Operation(summary = "Begin an upload")
    @RequestBody(content = @Content(mediaType = Tus.BYTES))
    @APIResponse(responseCode = "201", description = "Location tells where to send the bytes")
    public Response create(
            @RestHeader(Tus.RESUMABLE) String version,
            @RestHeader("Upload-Length") String length,
            @RestHeader("Upload-Defer-Length") String deferred,
            @RestHeader("Upload-Concat") String concat,
            @RestHeader("Upload-Metadata") String metadata,
            @RestHeader("Upload-Checksum") String checksumHeader,
            HttpServerRequest request) {
        Tus.requireVersion(version);
        if (deferred != null || concat != null) {
            throw new ProblemException(
                    ErrorCode.UPLOAD_LENGTH_INVALID,
                    "Uploads of unknown length or in parallel pieces are not supported: send Upload-Length.");
        }
        long bytes = Tus.number(length, ErrorCode.UPLOAD_LENGTH_INVALID, "Upload-Length");
        if (bytes == 0) {
            throw new ProblemException(ErrorCode.EMPTY_FILE);
        }
        UploadMetadata said = UploadMetadata.parse(metadata);
        PlanRequest.Wishes wanted = wishes.read(said.preset(), said.normalise())
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.UPLOAD_METADATA_INVALID,
                        "Upload-Metadata: preset is one of " + WishesReader.presets()
                                + "; normalise is true or false."));
        Checksum checksum = Checksum.parse(checksumHeader);
        boolean withBytes = Tus.hasBody(request);
        if (withBytes) {
            Tus.requireBytes(request);
        }
        if (!access.may(user.get(), Action.UPLOAD, null)) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        OptionalLong declared = Tus.bodyLength(request);
        if (declared.orElse(0) > bytes) {
            throw new ProblemException(ErrorCode.MORE_THAN_ANNOUNCED);
        }
        UploadRow upload = uploads.announce(
                new NewUpload(user.get().name(), bytes, said.raw(), said.fileName(), said.title(), wanted));
        long offset = withBytes ? firstBytes(upload, declared, checksum, request) : 0;
        return described(Response.status(Response.Status.CREATED), upload, offset)
                .header("Location", Tus.PATH + "/" + upload.id)
                .build();
    }

    /** Tells how far an upload is. */
    @HEAD
    @Path("{id}")
    @Operation(summary = "Ask how many bytes of an upload are safe")
    @APIResponse(responseCode = "200", description = "See the headers Upload-Offset and Upload-Length")
    public Response head(@RestPath String id, @RestHeader(Tus.RESUMABLE) String version) {
        Tus.requireVersion(version);
        UploadRow upload = find(id);
        long offset = uploads.offset(upload);
        if (offset == upload.length) {
            uploads.complete(upload);
        }
        Response.ResponseBuilder response =
                described(Response.ok(), upload, offset).header("Upload-Length", upload.length);
        if (!upload.metadata.isEmpty()) {
            response.header("Upload-Metadata", upload.metadata);
        }
        return response.build();
    }

    /** Brings more bytes of an upload. */
    @PATCH
    @Path("{id}")
    @Operation(summary = "Go on with an upload")
    @RequestBody(content = @Content(mediaType = Tus.BYTES))
    @APIResponse(responseCode = "204", description = "All bytes are safe; Millrace-Video-Id comes with the last ones")
    public Response patch(
            @RestPath String id,
            @RestHeader(Tus.RESUMABLE) String version,
            @RestHeader("Upload-Offset") String offsetHeader,
            @RestHeader("Upload-Checksum") String checksumHeader,
            HttpServerRequest request) {
        Tus.requireVersion(version);
        Tus.requireBytes(request);
        long offset = Tus.number(offsetHeader, ErrorCode.UPLOAD_OFFSET_INVALID, "Upload-Offset");
        Checksum checksum = Checksum.parse(checksumHeader);
        UploadRow upload = find(id);
        long end = receive(upload, offset, Tus.bodyLength(request), checksum, request);
        return described(Response.noContent(), upload, end).build();
    }

    /** Gives an upload up. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Give an upload up")
    @APIResponse(responseCode = "204", description = "Nothing of it is left; a video that it has become stays")
    public Response delete(@RestPath String id, @RestHeader(Tus.RESUMABLE) String version) {
        Tus.requireVersion(version);
        uploads.abandon(find(id).uploadId());
        return Response.noContent().build();
    }

    /** The upload exists by now: bytes that do not arrive whole are no reason to hide it from its sender. */
    private long firstBytes(UploadRow upload, OptionalLong declared, Checksum checksum, HttpServerRequest request) {
        try {
            return receive(upload, 0, declared, checksum, request);
        } catch (RuntimeException e) {
            if (e instanceof ProblemException problem && problem.code() == ErrorCode.REQUEST_INCOMPLETE) {
                return uploads.offset(upload);
            }
            uploads.abandon(upload.uploadId());
            throw e;
        }
    }

    private long receive(
            UploadRow upload, long offset, OptionalLong declared, Checksum checksum, HttpServerRequest request) {
        UploadId id = upload.uploadId();
        BodyStream body = new BodyStream(request, patience);
        Sender sender = senders.enter(id, body, () -> request.connection().close());
        long end;
        try (body) {
            end = uploads.receive(upload, offset, sender, declared, checksum);
        } finally {
            ledger.keepAlive(id, config.expiresAfter()).ifPresent(until -> upload.expiresAt = until);
            senders.leave(id, sender);
        }
        if (end == upload.length) {
            uploads.complete(upload);
        }
        return end;
    }

    private UploadRow find(String id) {
        UploadRow upload = UploadId.isValid(id) ? ledger.find(new UploadId(id)).orElse(null) : null;
        if (upload == null || !access.may(user.get(), Action.UPLOAD, upload.owner)) {
            throw new ProblemException(ErrorCode.UPLOAD_NOT_FOUND);
        }
        if (upload.expiresAt.isBefore(clock.instant())) {
            throw new ProblemException(ErrorCode.UPLOAD_EXPIRED);
        }
        return upload;
    }

    private static Response.ResponseBuilder described(
            Response.ResponseBuilder response, UploadRow upload, long offset) {
        response.header("Upload-Offset", offset).header("Upload-Expires", Tus.date(upload.expiresAt));
        return offset == upload.length ? response.header("Millrace-Video-Id", upload.videoId) : response;
    }
}
