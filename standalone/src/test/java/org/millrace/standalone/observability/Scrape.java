package org.millrace.standalone.observability;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the application answers to Prometheus.
 *
 * @param text the whole answer
 */
record Scrape(String text) {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+?)(?:_total)? (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)[{ ]");

    /** Metrics of ours by their documented names: those of a timer's greatest value belong to the timer. */
    Set<String> families() {
        Set<String> names = new TreeSet<>();
        // The format leaves the ending of a counter out of its family's name, its samples have it.
        TYPE.matcher(text)
                .results()
                .map(type -> type.group(1) + (type.group(2).equals("counter") ? "_total" : ""))
                .filter(name -> name.startsWith("millrace_") && !name.endsWith("_max"))
                .forEach(names::add);
        return names;
    }

    /** Every name that a query may use. */
    Set<String> samples() {
        Set<String> names = new TreeSet<>();
        SAMPLE.matcher(text).results().forEach(sample -> names.add(sample.group(1)));
        return names;
    }

    /** The value of the sample whose line begins so, for example {@code millrace_slots{lane="bulk"}}. */
    double value(String sample) {
        return text.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + sample + " in\n" + text));
    }
}
