package org.millrace.api.problem;

import jakarta.ws.rs.core.Response;

/**
 * Every reason for which the API refuses a request: a stable code for programs, the HTTP status and a title.
 * {@code docs/errors.md} explains the same codes; a test compares them.
 */
public enum ErrorCode {
    BAD_REQUEST("bad-request", 400, "The request cannot be understood"),
    INVALID_JSON("invalid-json", 400, "The body is not the JSON that is expected here"),
    INVALID_VALUE("invalid-value", 400, "A value is not allowed"),
    FILE_MISSING("file-missing", 400, "There is no file in the request"),
    EMPTY_FILE("empty-file", 400, "The file is empty"),
    UPLOAD_LENGTH_INVALID("upload-length-invalid", 400, "The length of the upload is missing or no number"),
    UPLOAD_METADATA_INVALID("upload-metadata-invalid", 400, "The metadata of the upload cannot be read"),
    UPLOAD_OFFSET_INVALID("upload-offset-invalid", 400, "The offset is missing or no number"),
    CHECKSUM_UNSUPPORTED("checksum-unsupported", 400, "The checksum cannot be read or is of an unknown kind"),
    FOREIGN_ORIGIN("foreign-origin", 403, "The request came from another site"),
    NOT_FOUND("not-found", 404, "There is nothing at this address"),
    VIDEO_NOT_FOUND("video-not-found", 404, "There is no such video"),
    UPLOAD_NOT_FOUND("upload-not-found", 404, "There is no such upload"),
    DIRECT_UPLOADS_CLOSED("direct-uploads-closed", 404, "Files cannot be sent to the store directly"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not support the method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "The answer has none of the accepted types"),
    REQUEST_INCOMPLETE("request-incomplete", 408, "The body stopped before its end"),
    WRONG_OFFSET("wrong-offset", 409, "The upload goes on at another offset"),
    PARTS_MISSING("parts-missing", 409, "Not all parts of the upload have arrived"),
    NOTHING_TO_RETRY("nothing-to-retry", 409, "Nothing of this video can be tried again"),
    NOTHING_TO_CANCEL("nothing-to-cancel", 409, "No work on this video is going on"),
    CANNOT_ENCODE_AGAIN("cannot-encode-again", 409, "The video cannot be encoded again now"),
    NOT_ANALYSED("not-analysed", 409, "Nothing is known of the file yet"),
    UPLOAD_EXPIRED("upload-expired", 410, "The upload was given up"),
    TUS_VERSION("tus-version", 412, "The version of the tus protocol is not supported"),
    PRECONDITION_FAILED("precondition-failed", 412, "There is another version by now"),
    UPLOAD_TOO_LARGE("upload-too-large", 413, "The file is larger than this server accepts"),
    QUOTA_EXCEEDED("quota-exceeded", 413, "The quota of this server is used up"),
    MORE_THAN_ANNOUNCED("more-than-announced", 413, "More bytes were sent than announced"),
    BODY_TOO_LARGE("body-too-large", 413, "The body is too large for this address"),
    ADDRESS_TOO_LONG("address-too-long", 414, "The address is too long"),
    UNSUPPORTED_TYPE("unsupported-type", 415, "The body has a type that is not supported here"),
    RANGE_NOT_SATISFIABLE("range-not-satisfiable", 416, "The range lies beyond the end"),
    HOST_NOT_ALLOWED("host-not-allowed", 421, "This server is not known by this name"),
    UPLOAD_BUSY("upload-busy", 423, "Another request is sending bytes to this upload"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests came from this address"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large"),
    CHECKSUM_MISMATCH("checksum-mismatch", 460, "The bytes that arrived are not the bytes that were sent"),
    INTERNAL_ERROR("internal-error", 500, "Something went wrong inside Millrace"),
    STORE_UNAVAILABLE("store-unavailable", 503, "The media store cannot be reached"),
    OVERLOADED("overloaded", 503, "The server has too much to do"),
    STORAGE_FULL("storage-full", 507, "There is no room left for this file");

    private final String slug;
    private final int status;
    private final String title;

    ErrorCode(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The stable code, for example {@code video-not-found}. */
    public String slug() {
        return slug;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What it means, in words that are the same for every occurrence; no full stop. */
    public String title() {
        return title;
    }

    /** Whether the server is to blame: such an answer carries an id that is in the log too. */
    public boolean isServerFault() {
        return status >= 500 && this != STORAGE_FULL;
    }

    /** The code that tells best what a status that a library has chosen means. */
    static ErrorCode ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_INCOMPLETE;
            case 412 -> PRECONDITION_FAILED;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> ADDRESS_TOO_LONG;
            case 415 -> UNSUPPORTED_TYPE;
            case 416 -> RANGE_NOT_SATISFIABLE;
            case 429 -> TOO_MANY_REQUESTS;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> OVERLOADED;
            default ->
                Response.Status.Family.familyOf(status) == Response.Status.Family.CLIENT_ERROR
                        ? BAD_REQUEST
                        : INTERNAL_ERROR;
        };
    }
}
