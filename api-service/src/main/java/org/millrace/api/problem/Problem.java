package org.millrace.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A problem document as RFC 9457 describes it: what every answer of the API holds that is not a success.
 *
 * @param type where the code is explained, relative to the server
 * @param title what the code means; alike for every occurrence
 * @param status the HTTP status
 * @param detail what is wrong with this request, in words for a person
 * @param code slug of the {@link ErrorCode}, for programs
 * @param errorId names this occurrence in the server's log; null unless the server is to blame
 */
@Schema(name = "Problem")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, String code, String errorId) {

    /** The media type of such a document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ErrorCode code, String detail, String errorId) {
        return new Problem("/docs/errors.md#" + code.slug(), code.title(), code.status(), detail, code.slug(), errorId);
    }
}
