package org.millrace.api.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Makes a problem of whatever a request runs into, in REST resources and in Vert.x routes. The specific types are
 * named because libraries have mappers for them, which would win over the one for everything.
 */
@ApplicationScoped
class ProblemMapper {

    private final Problems problems;

    ProblemMapper(Problems problems) {
        this.problems = problems;
    }

    /** Comes before the server's own failure handler, whose answers tell what is inside. */
    void register(@Observes Router router) {
        router.route().order(Integer.MAX_VALUE - 1).failureHandler(this::onFailure);
    }

    private void onFailure(RoutingContext context) {
        // Vert.x refuses some requests itself, such as one without a readable Host, with a status and an exception of
        // its own.
        boolean refused = context.statusCode() >= 400 && context.statusCode() < 500;
        if (context.failure() == null || (refused && context.failure() instanceof VertxException)) {
            problems.answer(context, context.statusCode());
        } else {
            problems.answer(context, context.failure());
        }
    }

    @ServerExceptionMapper
    Response any(Throwable failure, HttpServerRequest request) {
        return respond(failure, request);
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException failure, HttpServerRequest request) {
        return respond(failure, request);
    }

    @ServerExceptionMapper
    Response ofLibraries(WebApplicationException failure, HttpServerRequest request) {
        return respond(failure, request);
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException failure, HttpServerRequest request) {
        return respond(failure, request);
    }

    @ServerExceptionMapper
    Response mismatched(MismatchedInputException failure, HttpServerRequest request) {
        return respond(failure, request);
    }

    private Response respond(Throwable failure, HttpServerRequest request) {
        Problems.Answer answer = problems.answer(request, failure);
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.header(HttpHeaders.CONTENT_TYPE, answer.mediaType()).build();
    }
}
