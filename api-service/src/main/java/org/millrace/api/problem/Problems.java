package org.millrace.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tells a refusal to whoever asked: a problem document to programs, a page to people. */
@ApplicationScoped
public class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    private final ObjectMapper json;
    private final ErrorPage page;

    Problems(ObjectMapper json, ErrorPage page) {
        this.json = json;
        this.page = page;
    }

    /**
     * Answers a request of a Vert.x route with what this failure means for it. Does nothing if an answer has begun,
     * but for ending the connection, so that nobody takes half an answer for a whole one.
     */
    public void answer(RoutingContext context, Throwable failure) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        Answer answer = answer(context.request(), failure);
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, answer.mediaType());
        response.end(answer.body());
    }

    /** Answers a request that Vert.x itself has given up with this status. */
    void answer(RoutingContext context, int status) {
        answer(context, Causes.ofStatus(status, null));
    }

    /** The answer to a request that met this failure. */
    Answer answer(HttpServerRequest request, Throwable failure) {
        ProblemException problem = Causes.of(failure);
        ErrorCode code = problem.code();
        String errorId = null;
        if (code.isServerFault()) {
            errorId = UUID.randomUUID().toString();
            LOG.errorf(failure, "%s %s failed, error %s", request.method(), request.path(), errorId);
        } else {
            LOG.debugf(failure, "%s %s refused: %s", request.method(), request.path(), code.slug());
        }
        Problem document = Problem.of(code, problem.getMessage(), errorId);
        return wantsPage(request)
                ? new Answer(code.status(), problem.headers(), "text/html;charset=UTF-8", page.of(document))
                : new Answer(code.status(), problem.headers(), Problem.MEDIA_TYPE, write(document));
    }

    /** A person's browser asks for HTML; scripts of a page, and whoever calls the API, do not read pages. */
    private static boolean wantsPage(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        String path = request.path();
        return accept != null
                && accept.contains("text/html")
                && path != null
                && !path.startsWith("/api/")
                && !path.startsWith("/media/");
    }

    private String write(Problem document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of strings can be written as JSON", e);
        }
    }

    /** What goes out. */
    record Answer(int status, Map<String, String> headers, String mediaType, String body) {}
}
