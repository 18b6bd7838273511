package org.millrace.api.upload;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/** What the tus protocol says about headers, for every request and answer alike. */
public class Tus {

    static final String PATH = "/api/v1/uploads";
    static final String RESUMABLE = "Tus-Resumable";
    static final String VERSION = "1.0.0";
    static final String EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum";
    static final String BYTES = "application/offset+octet-stream";

    private static final Set<String> OVERRIDABLE = Set.of("PATCH", "DELETE", "HEAD");

    /** Lets clients behind proxies that know no PATCH say POST instead. */
    @ServerRequestFilter(preMatching = true)
    public void overrideMethod(ContainerRequestContext request, UriInfo uri) {
        String method = request.getHeaderString("X-HTTP-Method-Override");
        if (method != null && request.getMethod().equals("POST") && isTus(uri)) {
            String wanted = method.strip().toUpperCase(Locale.ROOT);
            if (!OVERRIDABLE.contains(wanted)) {
                throw new ProblemException(ErrorCode.METHOD_NOT_ALLOWED);
            }
            request.setMethod(wanted);
        }
    }

    /** Marks every answer, refusals too, as one of this protocol that must not be kept. */
    @ServerResponseFilter
    public void mark(ContainerRequestContext request, ContainerResponseContext response) {
        if (isTus(request.getUriInfo())) {
            response.getHeaders().putSingle(RESUMABLE, VERSION);
            response.getHeaders().putSingle("Cache-Control", "no-store");
        }
    }

    static void requireVersion(String version) {
        if (!VERSION.equals(version)) {
            throw new ProblemException(ErrorCode.TUS_VERSION, "Send Tus-Resumable: " + VERSION + ".")
                    .with("Tus-Version", VERSION);
        }
    }

    /** Refuses a body of another type than the one that tus sends bytes with. */
    static void requireBytes(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase(BYTES)) {
            throw new ProblemException(ErrorCode.UNSUPPORTED_TYPE, "Bytes are sent as " + BYTES + ".");
        }
    }

    /** A header that has to be a whole number of bytes. */
    static long number(String value, ErrorCode otherwise, String header) {
        if (value == null || !value.matches("[0-9]{1,18}")) {
            throw new ProblemException(otherwise, header + " has to be a whole number of bytes.");
        }
        return Long.parseLong(value);
    }

    static boolean hasBody(HttpServerRequest request) {
        return bodyLength(request).orElse(1) > 0;
    }

    /** The length of a body; empty if its sender does not say. */
    static OptionalLong bodyLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return OptionalLong.of(Long.parseLong(length));
        }
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /** A point in time as HTTP writes it. */
    static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static boolean isTus(UriInfo uri) {
        String path = uri.getPath();
        return path.startsWith(PATH) || ("/" + path).startsWith(PATH);
    }
}
