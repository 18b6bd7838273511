import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** One line of the manifest. */
record Row(String file, String sha256, OptionalDouble duration, String expect, OptionalDouble expectedDuration) {

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
                rows.add(of(cells));
            }
        }
        return rows;
    }

    private static Row of(Map<String, String> cells) {
        for (String column : List.of("file", "sha256", "expect", "expected_duration")) {
            if (!cells.containsKey(column)) {
                throw new IllegalArgumentException("the manifest lacks the column " + column + " in " + cells);
            }
        }
        return new Row(
                cells.get("file"),
                cells.get("sha256"),
                seconds(cells.getOrDefault("duration", "")),
                cells.get("expect").split(" ", 2)[0],
                seconds(cells.get("expected_duration")));
    }

    private static OptionalDouble seconds(String cell) {
        return cell.matches("\\d+(\\.\\d+)?") ? OptionalDouble.of(Double.parseDouble(cell)) : OptionalDouble.empty();
    }

    /** What the time limit is reckoned from until the product knows the duration. */
    double playableSeconds() {
        return expectedDuration.orElse(expect.equals("convert") ? duration.orElse(0) : 0);
    }
}
