package org.millrace.api.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/**
 * What its owner wants to change of a video, as a JSON merge patch (RFC 7396).
 *
 * @param title new title, cleaned; null leaves it as it is
 * @param description new description, cleaned; null leaves it as it is
 */
@Schema(name = "VideoEdit")
record VideoEdit(
        @Schema(maxLength = DisplayText.TITLE) String title,
        @Schema(maxLength = DisplayText.DESCRIPTION) String description) {

    /**
     * Reads and checks the patch.
     *
     * @param patch null if there is no body
     * @throws ProblemException if it is no object, holds something that cannot be changed or a value that is not allowed
     */
    static VideoEdit of(JsonNode patch) {
        if (patch == null || !patch.isObject()) {
            throw new ProblemException(ErrorCode.INVALID_JSON, "The body has to be a JSON object.");
        }
        VideoEdit edit = new VideoEdit(null, null);
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            edit = switch (field.getKey()) {
                case "title" -> new VideoEdit(title(field.getValue()), edit.description);
                case "description" -> new VideoEdit(edit.title, description(field.getValue()));
                default -> throw invalid("Only title and description can be changed.");
            };
        }
        return edit;
    }

    private static String title(JsonNode value) {
        String title = DisplayText.line(text("title", value, DisplayText.TITLE), DisplayText.TITLE);
        if (title.isEmpty()) {
            throw invalid("title must not be blank.");
        }
        return title;
    }

    private static String description(JsonNode value) {
        return value.isNull()
                ? ""
                : DisplayText.lines(text("description", value, DisplayText.DESCRIPTION), DisplayText.DESCRIPTION);
    }

    private static String text(String name, JsonNode value, int limit) {
        if (!value.isTextual()) {
            throw invalid(name + " has to be text.");
        }
        if (DisplayText.length(value.textValue()) > limit) {
            throw invalid(name + " must not have more than " + limit + " characters.");
        }
        return value.textValue();
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ErrorCode.INVALID_VALUE, detail);
    }
}
