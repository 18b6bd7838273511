package org.millrace.api.account;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Problems;

/**
 * Keeps one client from taking what is meant for all: beginning uploads without end, letting the server work, asking for
 * pages faster than anybody reads them, listening a thousand times. Before any body is read.
 */
@ApplicationScoped
class RateGuard {

    /** After what tells whether a request is one at all: what is refused there costs nothing. */
    static final int PRIORITY = OriginGuard.PRIORITY - 200;

    /** Streams end when their listeners leave; nobody can tell when that is. */
    private static final long STREAMS_AGAIN = 10;

    private final Map<RequestKind, Rate> rates = new EnumMap<>(RequestKind.class);
    private final OpenStreams streams;
    private final Problems problems;

    RateGuard(LimitsConfig config, Clock clock, Problems problems) {
        this.problems = problems;
        this.streams = config.streams() == 0 ? null : new OpenStreams(config.streams());
        for (RequestKind kind : RequestKind.values()) {
            int perMinute = kind.perMinute(config);
            if (perMinute > 0) {
                rates.put(kind, new Rate(perMinute, clock));
            }
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, PRIORITY);
    }

    private void guard(RoutingContext context) {
        HttpMethod method = context.request().method();
        String path = RequestKind.plain(context.normalizedPath());
        RequestKind kind = RequestKind.of(method, path);
        Rate rate = rates.get(kind);
        String client = ClientAddress.of(context.request().remoteAddress());
        long wait = rate == null ? 0 : rate.secondsToWait(client);
        if (wait > 0) {
            refuse(context, "Too many " + kind.words() + " from your address in the last minute.", wait);
        } else if (streams == null || !RequestKind.isStream(method, path)) {
            context.next();
        } else if (streams.open(client)) {
            context.addEndHandler(ended -> streams.close(client));
            context.next();
        } else {
            refuse(context, "Too many event streams to your address are open.", STREAMS_AGAIN);
        }
    }

    private void refuse(RoutingContext context, String why, long wait) {
        String again = wait == 1 ? "a second" : wait + " seconds";
        problems.answer(
                context,
                new ProblemException(ErrorCode.TOO_MANY_REQUESTS, why + " Try again in " + again + ".")
                        .with(HttpHeaders.RETRY_AFTER.toString(), Long.toString(wait)));
    }
}
