package millrace.corpus;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What became of one file.
 *
 * @param state the state that the video ended in
 * @param video what the product says of the video, or the problem that refused it
 * @param report what the product says it has done; empty if there is nothing to tell
 * @param duration of what can be played
 * @param seconds it took
 * @param complaints those that end the row before it is judged
 */
record Result(
        String state,
        Map<?, ?> video,
        Map<?, ?> report,
        OptionalDouble duration,
        double seconds,
        List<String> complaints) {

    static Result broken(String complaint, double seconds) {
        return new Result("-", Map.of(), Map.of(), OptionalDouble.empty(), seconds, List.of(complaint));
    }

    boolean ready() {
        return state.equals("READY");
    }

    boolean partial() {
        return Boolean.TRUE.equals(video.get("partial"));
    }

    String label() {
        return state + (partial() ? " (partial)" : "");
    }

    boolean failureExplained() {
        return text("code", "type") && text("message", "detail");
    }

    /** The sentence that says why it was refused; empty if there is none. */
    String why() {
        Object message = reason().containsKey("message") ? reason().get("message") : reason().get("detail");
        return message instanceof String text ? text : "";
    }

    /** A list of the report. */
    List<?> reported(String name) {
        return report.get(name) instanceof List<?> list ? list : List.of();
    }

    /** Whether the picture does not move and became the cover of the sound. */
    boolean cover() {
        return reported("changes").stream()
                .anyMatch(change -> change instanceof Map<?, ?> map && "cover".equals(map.get("code")));
    }

    private boolean text(String name, String problemName) {
        Object value = reason().containsKey(name) ? reason().get(name) : reason().get(problemName);
        return value instanceof String text && !text.isBlank();
    }

    /** A refused upload is a problem document: its type names the code, its detail is the sentence. */
    private Map<?, ?> reason() {
        return video.get("failure") instanceof Map<?, ?> failure ? failure : video;
    }
}
