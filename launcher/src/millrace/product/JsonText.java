package millrace.product;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON. */
public final class JsonText {

    private JsonText() {}

    /** A map, an iterable, a number, a boolean, a text or null as JSON; anything else as its text. */
    public static String of(Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Iterable<?> list -> {
                StringBuilder text = new StringBuilder("[");
                list.forEach(entry -> text.append(text.length() == 1 ? "" : ",").append(of(entry)));
                yield text.append(']').toString();
            }
            case Double number when number.isNaN() || number.isInfinite() -> "null";
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }
}
