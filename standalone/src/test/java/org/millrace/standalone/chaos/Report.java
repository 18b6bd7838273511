package org.millrace.standalone.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table at the end of {@code ./millrace chaos}. */
final class Report {

    private static final String ROW = "%-13s %-11s %7s %9s %8s %5s %6s %6s %6s %5s %9s %12s %8s%n";

    private final List<Verdict> verdicts;

    Report(List<Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    /** Whether every promise was kept. */
    boolean isGood() {
        return verdicts.stream().allMatch(verdict -> verdict.complaints().isEmpty());
    }

    /** The table, what was done, and every complaint. */
    String text() {
        StringBuilder text = new StringBuilder(String.format("%n" + ROW, (Object[]) new String[] {
            "scenario",
            "shape",
            "videos",
            "playable",
            "refused",
            "lost",
            "twice",
            "stray",
            "alive",
            "temp",
            "attempts",
            "redelivered",
            "seconds"
        }));
        for (Verdict it : verdicts) {
            text.append(ROW.formatted(
                    it.scenario(),
                    it.shape(),
                    it.videos(),
                    it.playable(),
                    it.refused(),
                    it.lost().size(),
                    it.doubles(),
                    it.strayObjects().size(),
                    it.strayProcesses().size(),
                    it.strayTemp().size(),
                    it.attempts(),
                    it.redeliveries(),
                    it.seconds()));
        }
        text.append(String.format("%nDone, of what was meant to be done:%n"));
        for (Verdict it : verdicts) {
            list(text, it, it.faults());
            list(text, it, it.figures());
        }
        for (Verdict it : verdicts) {
            for (String complaint : it.complaints()) {
                text.append(String.format("BROKEN %s, %s: %s%n", it.scenario(), it.shape(), complaint));
            }
        }
        text.append(String.format(isGood() ? "%nEvery promise was kept.%n" : "%nNot every promise was kept.%n"));
        return text.toString();
    }

    private static void list(StringBuilder text, Verdict verdict, Map<String, String> all) {
        new TreeMap<>(all)
                .forEach((what, count) -> text.append(
                        String.format("  %-13s %-11s %-60s %s%n", verdict.scenario(), verdict.shape(), what, count)));
    }
}
