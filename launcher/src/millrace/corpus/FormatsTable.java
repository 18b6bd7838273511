package millrace.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of what became of each file, kept between two markers of a document whose other text stays as it is. */
final class FormatsTable {

    private static final String BEGIN = "<!-- corpus: what follows is written by ./millrace corpus -->";
    private static final String END = "<!-- corpus: end -->";

    private final Path document;
    private final List<String> lines = new ArrayList<>(List.of(
            "| file | container | picture | sound | what is special | what became of it |", "|---|---|---|---|---|---|"));

    /** A table in a document, which is looked at before the slow work begins. */
    FormatsTable(Path document) throws IOException {
        this.document = document;
        outside();
    }

    void add(Row row, Result result, List<String> complaints) {
        lines.add(Stream.of(
                        row.file(),
                        row.described("container").split(",", 2)[0],
                        joined(row.described("vcodec"), row.described("WxH"), row.described("pix_fmt")),
                        row.described("acodec"),
                        row.described("quirk"),
                        became(result) + (complaints.isEmpty() ? "" : " **Not as expected:** " + sentence(complaints)))
                .map(FormatsTable::cell)
                .collect(Collectors.joining(" | ", "| ", " |")));
    }

    void write() throws IOException {
        List<String> text = outside();
        Files.writeString(document, text.getFirst() + "\n" + String.join("\n", lines) + "\n" + text.getLast());
    }

    /** The text up to the first marker and from the second on. */
    private List<String> outside() throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin || text.indexOf(BEGIN, begin + 1) >= 0 || text.indexOf(END, end + 1) >= 0) {
            throw new IOException(document + " needs the lines \"" + BEGIN + "\" and \"" + END + "\", once each");
        }
        return List.of(text.substring(0, begin + BEGIN.length()), text.substring(end));
    }

    private static String became(Result result) {
        if (!result.ready()) {
            return switch (result.state()) {
                case "REJECTED" -> "Refused: ";
                case "FAILED" -> "Failed: ";
                default -> result.state() + " ";
            } + result.why();
        }
        List<String> renditions = texts(result.reported("renditions"), "name");
        String sizes = renditions.isEmpty() ? "Sound only" : String.join(", ", renditions);
        List<String> told = Stream.of(
                        texts(result.reported("changes"), "text").stream(),
                        result.reported("remarks").stream().map(Object::toString))
                .flatMap(texts -> texts)
                .map(FormatsTable::stopped)
                .toList();
        return (result.partial() ? "Partial: " : "") + sizes + (told.isEmpty() ? "." : ". " + String.join(" ", told));
    }

    private static List<String> texts(List<?> entries, String name) {
        return entries.stream()
                .filter(Map.class::isInstance)
                .map(entry -> ((Map<?, ?>) entry).get(name))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .toList();
    }

    private static String sentence(List<String> complaints) {
        return stopped(String.join("; ", complaints));
    }

    private static String stopped(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    /** A text that stays within its cell. */
    private static String cell(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "–" : line.replace("|", "\\|").replace("<", "&lt;");
    }
}
