package org.millrace.api.upload;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.millrace.api.library.DisplayText;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;

/**
 * What a sender says about a file ({@code Upload-Metadata}). All of it is data, to be shown at most: nothing of it
 * becomes a path, a type or an address.
 *
 * @param raw the header as it was sent; empty if there was none
 * @param fileName the file's own name, cleaned; may be empty
 * @param title what the video is to be called, cleaned; never blank
 * @param preset how its renditions are to be made, as it was said; null if it was not
 * @param normalise whether its sound is to be brought to a common loudness, as it was said; null if it was not
 */
record UploadMetadata(String raw, String fileName, String title, String preset, String normalise) {

    /** Longest header that is accepted, in bytes. */
    static final int LIMIT = 4096;

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x2b\\x2d-\\x7e]+");

    /**
     * Reads the header.
     *
     * @param header null if there is none
     * @throws ProblemException if it is too long or not what tus says it is
     */
    static UploadMetadata parse(String header) {
        String raw = header == null ? "" : header.strip();
        if (raw.length() > LIMIT) {
            throw invalid("Upload-Metadata is longer than " + LIMIT + " bytes.");
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split(",", -1)) {
            String[] parts = pair.strip().split(" +");
            if (parts.length > 2 || !KEY.matcher(parts[0]).matches()) {
                throw invalid("Upload-Metadata has to be pairs of a key and a value in Base64, separated by commas.");
            }
            if (values.put(parts[0], parts.length == 1 ? "" : decode(parts[1])) != null) {
                throw invalid("Upload-Metadata names a key twice.");
            }
        }
        String fileName = DisplayText.fileName(values.getOrDefault("filename", values.getOrDefault("name", "")));
        return new UploadMetadata(
                raw,
                fileName,
                DisplayText.title(values.get("title"), fileName),
                values.get("preset"),
                values.get("normalise"));
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("Upload-Metadata has a value that is not Base64.");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ErrorCode.UPLOAD_METADATA_INVALID, detail);
    }
}
