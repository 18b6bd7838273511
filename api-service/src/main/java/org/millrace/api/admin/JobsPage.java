package org.millrace.api.admin;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Any;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
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

    private final JobsBoard board;
    private final TaskLedger tasks;
    private final Degradation degradation;
    private final CurrentUser user;
    private final Access access;

    JobsPage(JobsBoard board, TaskLedger tasks, @Any Degradation degradation, CurrentUser user, Access access) {
        this.board = board;
        this.tasks = tasks;
        this.degradation = degradation;
        this.user = user;
        this.access = access;
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
                long failedCount);

        static native TemplateInstance jobsRows(
                List<JobRow> running,
                List<JobRow> waiting,
                List<JobRow> failed,
                List<WorkerRow> workers,
                long runningCount,
                long waitingCount,
                long failedCount);
    }

    /**
     * The page, or the part of it that changes.
     *
     * @param fragment {@code rows} for the part, anything else for the whole
     */
    @GET
    @Operation(hidden = true)
    public TemplateInstance jobs(@QueryParam("fragment") String fragment) {
        if (!access.may(user.get(), Action.OVERSEE, null)) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
        List<JobRow> running = board.inTurn(JobsBoard.RUNNING, MOST);
        List<JobRow> waiting = board.inTurn(JobsBoard.WAITING, MOST);
        List<JobRow> failed = board.latest(JobsBoard.FAILED, MOST);
        List<WorkerRow> workers = board.workers();
        long runningCount = tasks.count(JobsBoard.RUNNING);
        long waitingCount = tasks.count(JobsBoard.WAITING);
        long failedCount = tasks.count(JobsBoard.FAILED);
        if ("rows".equals(fragment)) {
            return Templates.jobsRows(running, waiting, failed, workers, runningCount, waitingCount, failedCount);
        }
        Page page = new Page("Jobs", degradation.sentence().orElse(null), "jobs");
        return Templates.jobs(page, running, waiting, failed, workers, runningCount, waitingCount, failedCount);
    }
}
