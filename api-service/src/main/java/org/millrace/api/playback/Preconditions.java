package org.millrace.api.playback;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.function.UnaryOperator;

/**
 * What a request says about the version it knows (RFC 9110 §13), held against the version there is.
 *
 * @param etag of the version there is, with quotes; strong
 * @param modified when that version came into being; null if unknown
 */
record Preconditions(String etag, Instant modified) {

    /** What follows from the request's conditions. */
    enum Verdict {
        /** Answer as if there were no conditions. */
        PROCEED,
        /** The client has it already: 304. */
        NOT_MODIFIED,
        /** The client expected another version: 412. */
        FAILED
    }

    /**
     * Judges a GET or HEAD request, in the order of RFC 9110 §13.2.2.
     *
     * @param header gives the value of a request header; null if it is absent
     */
    Verdict judge(UnaryOperator<String> header) {
        String match = header.apply("If-Match");
        String unmodified = header.apply("If-Unmodified-Since");
        if (match != null ? !lists(match, false) : isModifiedSince(unmodified)) {
            return Verdict.FAILED;
        }
        String noneMatch = header.apply("If-None-Match");
        String since = header.apply("If-Modified-Since");
        boolean known = noneMatch != null ? lists(noneMatch, true) : isUnmodifiedSince(since);
        return known ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
    }

    /** Whether a {@code Range} may be honoured: it may not if {@code If-Range} names another version. */
    boolean allowRange(UnaryOperator<String> header) {
        String condition = header.apply("If-Range");
        if (condition == null) {
            return true;
        }
        Instant date = parse(condition.strip());
        return condition.strip().equals(etag) || (date != null && modified != null && date.equals(seconds()));
    }

    private boolean isModifiedSince(String header) {
        Instant date = parse(header);
        return date != null && modified != null && seconds().isAfter(date);
    }

    private boolean isUnmodifiedSince(String header) {
        Instant date = parse(header);
        return date != null && modified != null && !seconds().isAfter(date);
    }

    private boolean lists(String tags, boolean weakly) {
        return Arrays.stream(tags.split(","))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || (weakly && tag.equals("W/" + etag)));
    }

    /** Dates in headers have no fractions of a second. */
    private Instant seconds() {
        return modified.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant parse(String date) {
        if (date == null || date.isEmpty()) {
            return null;
        }
        Date parsed = DateFormatter.parseHttpDate(date);
        return parsed == null ? null : parsed.toInstant();
    }
}
