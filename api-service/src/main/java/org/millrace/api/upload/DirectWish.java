package org.millrace.api.upload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.millrace.api.library.DisplayText;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/**
 * A file that its sender wants to bring to the store by itself.
 *
 * @param fileName its own name, cleaned; may be empty
 * @param length bytes
 * @param title what the video is to be called, cleaned; never blank
 * @param preset how its renditions are to be made, as it was said; null if it was not
 * @param normalise whether its sound is to be brought to a common loudness, as it was said; null if it was not
 */
@Schema(name = "DirectUploadWish")
record DirectWish(String fileName, long length, String title, String preset, String normalise) {

    private static final Set<String> TEXTS = Set.of("fileName", "title", "preset", "normalise");

    /**
     * Reads and checks the wish.
     *
     * @param body null if there is none
     * @throws ProblemException if it is no such object
     */
    static DirectWish of(JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new ProblemException(ErrorCode.INVALID_JSON, "The body has to be a JSON object.");
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            boolean text = TEXTS.contains(field.getKey()) && field.getValue().isTextual();
            boolean number = field.getKey().equals("length") && field.getValue().isIntegralNumber();
            if (!text && !number) {
                throw new ProblemException(
                        ErrorCode.INVALID_VALUE,
                        "The body has “length”, a number of bytes, and if you like “fileName”, “title”, “preset” and"
                                + " “normalise”, which are texts.");
            }
        }
        JsonNode length = body.get("length");
        if (length == null || !length.canConvertToLong() || length.longValue() < 0) {
            throw new ProblemException(ErrorCode.UPLOAD_LENGTH_INVALID);
        }
        if (length.longValue() == 0) {
            throw new ProblemException(ErrorCode.EMPTY_FILE);
        }
        String fileName = DisplayText.fileName(text(body, "fileName", ""));
        return new DirectWish(
                fileName,
                length.longValue(),
                DisplayText.title(text(body, "title", null), fileName),
                text(body, "preset", null),
                text(body, "normalise", null));
    }

    private static String text(JsonNode body, String name, String absent) {
        JsonNode value = body.get(name);
        return value == null ? absent : value.textValue();
    }
}
