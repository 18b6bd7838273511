package millrace.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.product.JsonText;

/** Figures as people and as programs read them. */
public final class Table {

    private static final List<String> HEAD = List.of("row", "what", "reference", "figure", "goal", "met", "on");

    private Table() {}

    /** A table in Markdown whose columns stand below each other in a terminal too. */
    public static String markdown(List<Figure> figures) {
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        for (Figure figure : figures) {
            Row row = figure.row();
            lines.add(List.of(
                    row.id(),
                    row.what(),
                    row.reference(),
                    figure.value().isPresent() ? row.told(figure.value().getAsDouble()) : "–",
                    row.goal(),
                    figure.met(),
                    figure.note().replace("|", "\\|")));
        }
        int[] widths = new int[HEAD.size()];
        lines.forEach(line -> {
            // The last column is as wide as it happens to be.
            for (int i = 0; i < widths.length - 1; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines.size(); line++) {
            text.append('|');
            for (int i = 0; i < widths.length; i++) {
                String cell = lines.get(line).get(i);
                text.append(' ').append(cell).append(" ".repeat(Math.max(0, widths[i] - cell.length())));
                text.append(" |");
            }
            text.append('\n').append(line == 0 ? "|---".repeat(widths.length) + "|\n" : "");
        }
        return text.toString();
    }

    /** One JSON object with the machine and all rows. */
    public static String json(Map<String, ?> machine, List<Figure> figures) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Figure figure : figures) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", figure.row().id());
            row.put("what", figure.row().what());
            row.put("reference", figure.row().reference());
            row.put("value", figure.value().isPresent() ? figure.value().getAsDouble() : null);
            row.put("unit", figure.row().unit());
            row.put("goal", figure.row().goal());
            row.put(
                    "met",
                    figure.value().isPresent()
                            ? figure.row().isMet(figure.value().getAsDouble()).orElse(null)
                            : null);
            row.put("note", figure.note());
            rows.add(row);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("rows", rows);
        return JsonText.of(all) + "\n";
    }
}
