package org.millrace.api.account;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Problems;

/**
 * Refuses what other web sites make their visitors' browsers send here. A request that changes something has to name
 * this server by an allowed name and, if it comes from a browser, has to come from a page of this server. A request
 * with neither {@code Origin} nor {@code Sec-Fetch-Site} is a script's. What only reads is answered under an allowed
 * name or an address; probes are answered under any.
 */
@ApplicationScoped
class OriginGuard {

    /** After the security headers, before everything else. */
    static final int PRIORITY = SecurityHeaders.PRIORITY - 100;

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Origins origins;
    private final Problems problems;

    OriginGuard(HttpConfig config, Problems problems) {
        this.origins = new Origins(config.allowedHosts());
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, PRIORITY);
    }

    private void guard(RoutingContext context) {
        try {
            if (SAFE.contains(context.request().method())) {
                checkRead(context.request());
            } else {
                checkChange(context.request());
            }
        } catch (ProblemException refusal) {
            problems.answer(context, refusal);
            return;
        }
        context.next();
    }

    private void checkRead(HttpServerRequest request) {
        HostAndPort host = host(request);
        if (!origins.isAllowed(host) && !Origins.isAddress(host) && !isProbe(request)) {
            throw hostNotAllowed(host);
        }
    }

    private void checkChange(HttpServerRequest request) {
        HostAndPort host = host(request);
        if (!origins.isAllowed(host)) {
            throw hostNotAllowed(host);
        }
        for (String site : request.headers().getAll("Sec-Fetch-Site")) {
            if (!OWN_SITE.contains(site)) {
                throw foreign("The browser says that another site (" + site + ") sent this request.");
            }
        }
        for (String origin : request.headers().getAll(HttpHeaders.ORIGIN)) {
            if (!Origins.isOwn(origin, host)) {
                throw foreign("The request was sent by a page of another site.");
            }
        }
    }

    private static boolean isProbe(HttpServerRequest request) {
        String path = request.path();
        return path != null && (path.startsWith("/q/health") || path.equals("/q/metrics"));
    }

    /** The host that was asked; null if none, or more than one, was named. */
    private static HostAndPort host(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.HOST).size() > 1 ? null : request.authority();
    }

    private static ProblemException hostNotAllowed(HostAndPort host) {
        return new ProblemException(
                ErrorCode.HOST_NOT_ALLOWED,
                "This server does not answer to "
                        + (host == null ? "a request without one name" : "the name in this request")
                        + "; its operator can allow more names with millrace.http.allowed-hosts.");
    }

    private static ProblemException foreign(String detail) {
        return new ProblemException(ErrorCode.FOREIGN_ORIGIN, detail);
    }
}
