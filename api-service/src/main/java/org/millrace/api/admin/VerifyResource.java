package org.millrace.api.admin;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.common.util.RestMediaType;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.ledger.SetLedger;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;

/** Proves that the library is whole. */
@Path("/api/v1/verify")
@Tag(name = "Operation", description = "For whoever runs the installation")
public class VerifyResource {

    private static final Duration POLL = Duration.ofMillis(250);

    private final SetLedger sets;
    private final SetCheck check;
    private final Access access;
    private final CurrentUser user;

    VerifyResource(SetLedger sets, SetCheck check, Access access, CurrentUser user) {
        this.sets = sets;
        this.check = check;
        this.access = access;
        this.user = user;
    }

    /**
     * What became of one video.
     *
     * @param video its identifier
     * @param title what people call it
     * @param set the set that is played
     * @param objects how many objects the set has
     * @param bytes how many bytes they are together
     * @param whole whether everything is as it should be
     * @param faults a sentence for each thing that is not
     */
    @Schema(name = "VideoCheck")
    public record VideoCheck(
            String video, String title, int set, int objects, long bytes, boolean whole, List<String> faults) {}

    /**
     * Reads every object of every finished video and compares it with its hash; one line of JSON for each video, as it is
     * done.
     *
     * @param deep whether workers decode every rendition whole as well
     */
    @POST
    @Blocking
    @Produces(RestMediaType.APPLICATION_NDJSON)
    @Operation(summary = "Check that every finished video is whole")
    public Multi<VideoCheck> verify(
            @Parameter(description = "Decode every rendition whole as well") @RestQuery boolean deep) {
        if (!access.may(user.get(), Action.OVERSEE, null)) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        return Multi.createFrom()
                .iterable(sets.finished())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(set -> check(set, deep));
    }

    private VideoCheck check(SetLedger.Finished set, boolean deep) {
        List<String> faults = new ArrayList<>(check.faults(set));
        if (deep && faults.isEmpty()) {
            sets.audit(set).ifPresent(task -> faults.addAll(await(task)));
        }
        var objects = sets.objects(set.video(), set.set());
        long bytes = objects.stream().mapToLong(row -> row.sizeBytes).sum();
        VideoId video = set.video();
        return new VideoCheck(video.value(), set.title(), set.set(), objects.size(), bytes, faults.isEmpty(), faults);
    }

    private List<String> await(TaskId task) {
        try {
            while (true) {
                var found = sets.found(task);
                if (found.isPresent()) {
                    return found.get();
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of("The check was broken off.");
        }
    }
}
