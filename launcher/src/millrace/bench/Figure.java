package millrace.bench;

import java.util.OptionalDouble;

/**
 * What was found for one row.
 *
 * @param row what was measured
 * @param value the figure; empty if it could not be measured
 * @param note what it was measured on, or why it could not be
 */
public record Figure(Row row, OptionalDouble value, String note) {

    /** A measured figure. */
    public static Figure of(Row row, double value, String note) {
        return new Figure(row, OptionalDouble.of(value), note);
    }

    /** A row that could not be measured. */
    public static Figure missing(Row row, String why) {
        return new Figure(row, OptionalDouble.empty(), why);
    }

    /** One word on whether the goal is met. */
    public String met() {
        if (value.isEmpty()) {
            return "not measured";
        }
        return row.isMet(value.getAsDouble()).map(met -> met ? "yes" : "NO").orElse("");
    }
}
