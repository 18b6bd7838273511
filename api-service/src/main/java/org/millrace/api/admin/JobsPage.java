package org.millrace.api.admin;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Any;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.account.Quota;
import org.millrace.api.dispatch.DeadLetters;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.library.Page;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.status.Degradation;

/** The page for whoever runs the installation: what runs, waits and failed, and which workers are alive. */
@Path("/jobs")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class JobsPage {

    private static final int MOST = 50;
    private static final URI PAGE = URI.create("/jobs");

    private final JobsBoard board;
    private final TaskLedger tasks;
    private final DeadLetters letters;
    private final Degradation degradation;
    private final CurrentUser user;
    private final Access access;
    private final Quota quota;

    JobsPage(
            JobsBoard board,
            TaskLedger tasks,
            DeadLetters letters,
            @Any Degradation degradation,
            CurrentUser user,
            Access access,
            Quota quota) {
        this.board = board;
        this.tasks = tasks;
        this.letters = letters;
        this.degradation = degradation;
        this.user = user;
        this.access = access;
        this.quota = quota;
    }

    @CheckedTemplate(basePath = "", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {

        private Templates() {}

        static native TemplateInstance jobs(
                Page page,
                List<JobRow> running,
                List<JobRow> waiting,
                List<JobRow> failed,
                List<WorkerRow> workers,
                long runningCount,
                long waitingCount,
                long failedCount,
                int deadLetters,
                String quota);

        static native TemplateInstance jobsRows(
                List<JobRow> running,
                List<JobRow> waiting,
                List<JobRow> failed,
                List<WorkerRow> workers,
                long runningCount,
                long waitingCount,
                long failedCount,
                int deadLetters);
    }

    /**
     * The page, or the part of it that changes.
     *
     * @param fragment {@code rows} for the part, anything else for the whole
     */
    @GET
    @Operation(hidden = true)
    public TemplateInstance jobs(@QueryParam("fragment") String fragment) {
        requireOverseer();
        List<JobRow> running = board.inTurn(JobsBoard.RUNNING, MOST);
        List<JobRow> waiting = board.inTurn(JobsBoard.WAITING, MOST);
        List<JobRow> failed = board.latest(JobsBoard.FAILED, MOST);
        List<WorkerRow> workers = board.workers();
        long runningCount = tasks.count(JobsBoard.RUNNING);
        long waitingCount = tasks.count(JobsBoard.WAITING);
        long failedCount = tasks.count(JobsBoard.FAILED);
        if ("rows".equals(fragment)) {
            return Templates.jobsRows(
                    running, waiting, failed, workers, runningCount, waitingCount, failedCount, letters.count());
        }
        Page page = new Page("Jobs", degradation.sentence().orElse(null), "jobs");
        return Templates.jobs(
                page,
                running,
                waiting,
                failed,
                workers,
                runningCount,
                waitingCount,
                failedCount,
                letters.count(),
                quota.standing(0).map(Quota.Standing::sentence).orElse(null));
    }

    /** Lets the messages that nobody could read be read again. */
    @POST
    @Path("dead-letters/retry")
    @Operation(hidden = true)
    public Response readAgain() throws IOException, TimeoutException {
        requireOverseer();
        letters.readAgain();
        return Response.seeOther(PAGE).build();
    }

    /** Throws the messages away that nobody could read. */
    @POST
    @Path("dead-letters/delete")
    @Operation(hidden = true)
    public Response throwAway() throws IOException, TimeoutException {
        requireOverseer();
        letters.throwAway();
        return Response.seeOther(PAGE).build();
    }

    private void requireOverseer() {
        if (!access.may(user.get(), Action.OVERSEE, null)) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
    }
}
