package org.millrace.api.upload;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/** Refuses a form with a file that is too large, or for which there is no room, before its first byte is read. */
public class FormGate {

    /** What a form may hold besides the file: names, headers, a title. */
    private static final long AROUND = 64 * 1024;

    private final Room room;

    FormGate(Room room) {
        this.room = room;
    }

    /** Promises room for the body, and sees to it that it does not take more. */
    @TakesFile
    @ServerRequestFilter
    public void admit(ContainerRequestContext request, RoutingContext context) {
        OptionalLong length = Tus.bodyLength(context.request());
        if (length.orElse(1) == 0) {
            throw new ProblemException(ErrorCode.FILE_MISSING);
        }
        Object claimant = new Object();
        Room.Bound bound = room.claimForm(claimant, Math.max(0, length.orElse(0) - AROUND));
        context.addEndHandler(ended -> room.release(claimant));
        request.setEntityStream(new LimitedBody(request.getEntityStream(), bound.bytes() + AROUND, bound.refusal()));
    }
}
