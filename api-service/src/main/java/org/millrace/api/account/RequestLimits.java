package org.millrace.api.account;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Problems;

/**
 * How large a request may be. The server's own limits are far above these and are answered without a word; these are
 * answered with a problem. Bodies of uploads are limited by the upload step.
 */
@ApplicationScoped
class RequestLimits {

    static final int ADDRESS = 4096;
    static final int HEADERS = 16 * 1024;
    static final long BODY = 1024 * 1024;

    /** The server sets its own limit for bodies of undeclared length with priority 2; the last one set counts. */
    private static final int AFTER_SERVER_LIMIT = 1;

    /** How long the rest of a refused body may go on, so that its sender comes to read the answer. */
    private static final long LINGER = Duration.ofSeconds(15).toMillis();

    private final Problems problems;
    private final long bodyTimeout;

    RequestLimits(HttpConfig config, Problems problems) {
        this.bodyTimeout = config.bodyTimeout().toMillis();
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, OriginGuard.PRIORITY - 100);
        filters.register(RequestLimits::limitUndeclared, AFTER_SERVER_LIMIT);
    }

    private void check(RoutingContext context) {
        context.addEndHandler(done -> hearOut(context));
        HttpServerRequest request = context.request();
        if (request.uri().length() > ADDRESS) {
            problems.answer(context, new ProblemException(ErrorCode.ADDRESS_TOO_LONG));
        } else if (headerLength(request) > HEADERS) {
            problems.answer(context, new ProblemException(ErrorCode.HEADERS_TOO_LARGE));
        } else if (!takesFiles(request.path()) && declaredLength(request) > BODY) {
            problems.answer(context, new ProblemException(ErrorCode.BODY_TOO_LARGE));
        } else {
            if (!takesFiles(request.path()) && hasBody(request)) {
                endInTime(context);
            }
            context.next();
        }
    }

    /** Whoever reads a body waits for it on a thread: a few hundred that trickle in would take all there are. */
    private void endInTime(RoutingContext context) {
        HttpServerRequest request = context.request();
        long timer = context.vertx().setTimer(bodyTimeout, late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        context.addEndHandler(done -> context.vertx().cancelTimer(timer));
    }

    private static void limitUndeclared(RoutingContext context) {
        if (!takesFiles(context.request().path())) {
            context.put(VertxInputStream.MAX_REQUEST_SIZE_KEY, BODY);
        }
        context.next();
    }

    private static boolean takesFiles(String path) {
        return path.startsWith("/api/v1/uploads") || path.equals("/api/v1/videos") || path.equals("/upload");
    }

    private static long headerLength(HttpServerRequest request) {
        long length = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            length += header.getKey().length() + header.getValue().length() + 4L;
        }
        return length;
    }

    private static boolean hasBody(HttpServerRequest request) {
        return declaredLength(request) > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    /** Closing at once could destroy the answer on its way; listening for ever would be as good as no limit. */
    private static void hearOut(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        request.handler(null);
        request.resume();
        context.vertx().setTimer(LINGER, timer -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }
}
