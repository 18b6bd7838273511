package org.millrace.api.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/**
 * How somebody wants a video to be encoded again.
 *
 * @param preset name of a preset; null for the installation's
 * @param normalise {@code true} or {@code false}; null for the installation's
 */
@Schema(name = "EncodeAgain")
record EncodeAgain(
        @Schema(enumeration = {"balanced", "small", "fast"}) String preset,
        @Schema(implementation = Boolean.class) String normalise) {

    /**
     * Reads and checks a body.
     *
     * @param body null if there is none
     * @throws ProblemException if it is no object or holds something else
     */
    static EncodeAgain of(JsonNode body) {
        EncodeAgain wanted = new EncodeAgain(null, null);
        if (body == null || body.isNull()) {
            return wanted;
        }
        if (!body.isObject()) {
            throw new ProblemException(ErrorCode.INVALID_JSON, "The body has to be a JSON object.");
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            JsonNode value = field.getValue();
            boolean preset = field.getKey().equals("preset") && (value.isTextual() || value.isNull());
            boolean normalise = field.getKey().equals("normalise") && (value.isBoolean() || value.isNull());
            if (!preset && !normalise) {
                throw new ProblemException(ErrorCode.INVALID_VALUE, explained());
            }
            String word = value.isNull() ? null : value.asText();
            wanted = preset ? new EncodeAgain(word, wanted.normalise) : new EncodeAgain(wanted.preset, word);
        }
        return wanted;
    }

    /** What may be asked for, in a sentence. */
    static String explained() {
        return "“preset” is one of " + WishesReader.presets() + "; “normalise” is true or false.";
    }
}
