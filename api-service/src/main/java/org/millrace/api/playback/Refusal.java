package org.millrace.api.playback;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Why a media request is not answered with media. */
enum Refusal {
    NOT_FOUND(404, "not-found", "There is nothing here to play."),
    METHOD(405, "method-not-allowed", "Media can only be read."),
    PRECONDITION(412, "precondition-failed", "The media changed since it was fetched first."),
    RANGE(416, "range-not-satisfiable", "The range lies beyond the end."),
    UNAVAILABLE(503, "store-unavailable", "The media store cannot be read at the moment.");

    private final int status;
    private final String code;
    private final String detail;

    Refusal(int status, String code, String detail) {
        this.status = status;
        this.code = code;
        this.detail = detail;
    }

    void send(RoutingContext request) {
        JsonObject problem =
                new JsonObject().put("status", status).put("code", code).put("detail", detail);
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(problem.toBuffer());
    }
}
