package org.millrace.api.library;

import jakarta.ws.rs.core.UriBuilder;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/**
 * Which page of which videos somebody wants to see.
 *
 * @param page from 1
 * @param size videos on a page
 * @param text a part of the title; null for any
 * @param state where they stand; null for anywhere
 */
record VideoQuery(int page, int size, String text, VideoState state) {

    private static final int LAST_PAGE = 1_000_000;
    private static final int LARGEST = 100;
    private static final int USUAL = 24;

    /**
     * Reads query parameters; each may be null.
     *
     * @throws ProblemException naming the first one that is not allowed
     */
    static VideoQuery of(String page, String size, String text, String state) {
        if (text != null && DisplayText.length(text) > DisplayText.TITLE) {
            throw invalid("q must not have more than " + DisplayText.TITLE + " characters.");
        }
        return new VideoQuery(
                number("page", page, 1, LAST_PAGE),
                number("size", size, USUAL, LARGEST),
                text == null || text.isBlank() ? null : text.strip(),
                state == null || state.isEmpty() ? null : state(state));
    }

    /** Address of the next page; null if there is none. */
    String next(long total) {
        if ((long) page * size >= total) {
            return null;
        }
        UriBuilder uri = UriBuilder.fromPath("/api/v1/videos")
                .queryParam("page", page + 1)
                .queryParam("size", size);
        if (text != null) {
            uri.queryParam("q", "{text}");
        }
        if (state != null) {
            uri.queryParam("state", state);
        }
        return text == null ? uri.build().toString() : uri.build(text).toString();
    }

    private static int number(String name, String value, int otherwise, int most) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
        if (number < 1 || number > most) {
            throw invalid(name + " has to be a number from 1 to " + most + ".");
        }
        return number;
    }

    private static VideoState state(String name) {
        return Arrays.stream(VideoState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> invalid("state has to be one of "
                        + Arrays.stream(VideoState.values()).map(Enum::name).collect(Collectors.joining(", ")) + "."));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ErrorCode.INVALID_VALUE, detail);
    }
}
