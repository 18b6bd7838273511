package millrace.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One line of the manifest.
 *
 * @param cells its columns by name; those that only describe the file may be missing
 */
record Row(Map<String, String> cells) {

    private static final List<String> NEEDED = List.of("file", "sha256", "expect", "expected_duration");

    Row {
        for (String column : NEEDED) {
            if (!cells.containsKey(column)) {
                throw new IllegalArgumentException("the manifest lacks the column " + column + " in " + cells);
            }
        }
    }

    static List<Row> read(Path manifest) throws IOException {
        List<String> lines = Files.readAllLines(manifest);
        if (lines.isEmpty()) {
            throw new IOException(manifest + " is empty");
        }
        List<String> columns = List.of(lines.getFirst().split("\t", -1));
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (!line.isBlank()) {
                Map<String, String> cells = new LinkedHashMap<>();
                String[] values = line.split("\t", -1);
                for (int i = 0; i < Math.min(values.length, columns.size()); i++) {
                    cells.put(columns.get(i), values[i]);
                }
                rows.add(new Row(cells));
            }
        }
        return rows;
    }

    String file() {
        return cells.get("file");
    }

    String sha256() {
        return cells.get("sha256");
    }

    /** The first word of the expectation; what follows is a remark. */
    String expect() {
        return cells.get("expect").split(" ", 2)[0];
    }

    OptionalDouble expectedDuration() {
        return seconds("expected_duration");
    }

    /** Whether the manifest says that there is a picture, or a sound, to be had; false also if it says nothing. */
    boolean has(String what) {
        return "yes".equals(cells.get("has_" + what));
    }

    /** A column that describes the file, empty if it is missing or says nothing. */
    String described(String column) {
        String cell = cells.getOrDefault(column, "");
        return cell.matches("-|\\?|None|") ? "" : cell;
    }

    /** What the time limit is reckoned from until the product knows the duration. */
    double playableSeconds() {
        return expectedDuration().orElse(expect().equals("convert") ? seconds("duration").orElse(0) : 0);
    }

    private OptionalDouble seconds(String column) {
        String cell = cells.getOrDefault(column, "");
        return cell.matches("\\d+(\\.\\d+)?") ? OptionalDouble.of(Double.parseDouble(cell)) : OptionalDouble.empty();
    }
}
