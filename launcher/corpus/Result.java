import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What became of one file; {@code complaints} are those that end the row before it is judged. */
record Result(String state, Map<?, ?> video, OptionalDouble duration, double seconds, List<String> complaints) {

    static Result broken(String complaint, double seconds) {
        return new Result("-", Map.of(), OptionalDouble.empty(), seconds, List.of(complaint));
    }

    boolean partial() {
        return Boolean.TRUE.equals(video.get("partial"));
    }

    String label() {
        return state + (partial() ? " (partial)" : "");
    }

    boolean failureExplained() {
        // A refused upload is a problem document: its type names the code, its detail is the sentence.
        Map<?, ?> reason = video.get("failure") instanceof Map<?, ?> failure ? failure : video;
        Object code = reason.containsKey("code") ? reason.get("code") : reason.get("type");
        Object message = reason.containsKey("message") ? reason.get("message") : reason.get("detail");
        return code instanceof String c && !c.isBlank() && message instanceof String m && !m.isBlank();
    }
}
