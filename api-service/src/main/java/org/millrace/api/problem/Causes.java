package org.millrace.api.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.ext.web.handler.HttpException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.millrace.store.AppendBusyException;
import org.millrace.store.MediaStoreException;
import org.millrace.store.NoSuchObjectException;
import org.millrace.store.StoreFullException;
import org.millrace.store.WrongOffsetException;

/** What a failure means for the person whose request met it. */
final class Causes {

    private Causes() {}

    /** The refusal that tells best what happened; nothing of it comes from inside. */
    static ProblemException of(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case StoreFullException e -> new ProblemException(ErrorCode.STORAGE_FULL, e);
            case AppendBusyException e -> new ProblemException(ErrorCode.UPLOAD_BUSY, e).with("Retry-After", "1");
            case WrongOffsetException e ->
                new ProblemException(ErrorCode.WRONG_OFFSET, "The upload goes on at " + e.durableOffset() + ".")
                        .with("Upload-Offset", Long.toString(e.durableOffset()));
            case NoSuchObjectException e -> new ProblemException(ErrorCode.NOT_FOUND, e);
            case MediaStoreException e ->
                new ProblemException(ErrorCode.STORE_UNAVAILABLE, e).with("Retry-After", "10");
            case ConstraintViolationException e -> new ProblemException(ErrorCode.INVALID_VALUE, violations(e));
            case JacksonException e -> json(e);
            case WebApplicationException e when e.getCause() instanceof JacksonException json -> json(json);
            case WebApplicationException e -> ofStatus(e.getResponse().getStatus(), e);
            case HttpException e -> ofStatus(e.getStatusCode(), e);
            case RejectedExecutionException e ->
                new ProblemException(ErrorCode.OVERLOADED, e).with("Retry-After", "10");
            case IOException e -> io(e);
            // The reader of forms has no type for it.
            case RuntimeException e
            when String.valueOf(e.getMessage()).startsWith("Param limit of ") ->
                new ProblemException(ErrorCode.BODY_TOO_LARGE, "The form has too many fields.");
            default -> new ProblemException(ErrorCode.INTERNAL_ERROR, failure);
        };
    }

    /** What a bare HTTP status means. */
    static ProblemException ofStatus(int status, Throwable cause) {
        return new ProblemException(ErrorCode.ofStatus(status), cause);
    }

    private static ProblemException json(JacksonException e) {
        String where = e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? "."
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ").";
        String what = e instanceof MismatchedInputException ? "The JSON has another shape than expected" : "Not JSON";
        return new ProblemException(ErrorCode.INVALID_JSON, what + where);
    }

    private static String violations(ConstraintViolationException e) {
        return e.getConstraintViolations().stream()
                .map(violation -> {
                    String path = violation.getPropertyPath().toString();
                    return path.substring(path.lastIndexOf('.') + 1) + ": " + violation.getMessage();
                })
                .sorted()
                .collect(Collectors.joining("; "));
    }

    /** Reading a body is the one thing that fails with this; writing a form's file to the disk is the other. */
    private static ProblemException io(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded")) {
            return new ProblemException(ErrorCode.STORAGE_FULL, e);
        }
        return new ProblemException(ErrorCode.REQUEST_INCOMPLETE, e);
    }
}
