package org.millrace.api.account;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Requests that are counted together for each client. What is not known to be harmless is counted, so that an address in
 * an unusual spelling is no way around.
 */
enum RequestKind {
    /** Begins an upload. */
    UPLOAD("uploads were begun", LimitsConfig::uploads),
    /** Changes something else, or begins work. */
    CHANGE("changes were asked for", LimitsConfig::changes),
    /** Shows a page, a list, a report, or opens a stream. */
    READ("requests came", LimitsConfig::reads),
    /** Goes on with what was let in, or is cheap and has to be frequent: bytes, pictures, states, probes. */
    FREE("", config -> 0);

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final Set<String> BEGINS_UPLOAD =
            Set.of("/api/v1/uploads", "/api/v1/direct-uploads", "/api/v1/videos", "/upload");

    /** Every request to an upload that exists, and, for clients without PATCH, POST in its place. */
    private static final Pattern OF_UPLOAD =
            Pattern.compile("/api/v1/uploads/[\\w-]+|/api/v1/direct-uploads/[\\w-]+(/(addresses|complete))?");

    /** The state of one video is one row, and programs ask for it again and again. */
    private static final Pattern STATE = Pattern.compile("/api/v1/videos/[\\w-]+");

    private static final Pattern STREAM = Pattern.compile("/api/v1/(videos/[^/]+/)?events");

    private static final List<String> SENT_AS_IT_LIES = List.of("/media/", "/assets/", "/q/");

    private final String words;
    private final ToIntFunction<LimitsConfig> perMinute;

    RequestKind(String words, ToIntFunction<LimitsConfig> perMinute) {
        this.words = words;
        this.perMinute = perMinute;
    }

    /**
     * What a request is.
     *
     * @param path normalised, see {@link #plain}
     */
    static RequestKind of(HttpMethod method, String path) {
        if (OF_UPLOAD.matcher(path).matches()) {
            return FREE;
        }
        if (!READING.contains(method)) {
            return method.equals(HttpMethod.POST) && BEGINS_UPLOAD.contains(path) ? UPLOAD : CHANGE;
        }
        boolean free = method.equals(HttpMethod.OPTIONS)
                || STATE.matcher(path).matches()
                || SENT_AS_IT_LIES.stream().anyMatch(path::startsWith);
        return free ? FREE : READ;
    }

    /** Whether a request asks for events, and so stays for long. */
    static boolean isStream(HttpMethod method, String path) {
        return method.equals(HttpMethod.GET) && STREAM.matcher(path).matches();
    }

    /** A path without what the routes do not look at: parameters of segments, and a slash at its end. */
    static String plain(String normalised) {
        String path = normalised.replaceAll(";[^/]*", "");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** How many came, as the middle of a sentence. */
    String words() {
        return words;
    }

    /** How many a client may send in a minute; 0 for any number. */
    int perMinute(LimitsConfig config) {
        return perMinute.applyAsInt(config);
    }
}
