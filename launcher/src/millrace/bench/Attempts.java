package millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What the product says of the work it has done. */
public final class Attempts {

    private Attempts() {}

    /**
     * One attempt at a task that has ended.
     *
     * @param task its name in the plan
     * @param kind what kind of work it is
     * @param started when it began
     * @param ended when its end was known
     * @param cpu processor seconds of its converters
     */
    public record Attempt(String task, String kind, Instant started, Instant ended, double cpu) {

        /** Whether it made the start rendition ahead of the others. */
        public boolean isLead() {
            return task.startsWith("lead-");
        }
    }

    /** Reads the product's list; attempts that still run are left out. */
    static List<Attempt> of(Object json) throws IOException {
        if (!(json instanceof List<?> list)) {
            throw new IOException("the attempts are no list");
        }
        List<Attempt> attempts = new ArrayList<>();
        for (Object entry : list) {
            if (entry instanceof Map<?, ?> map && map.get("endedAt") instanceof String ended) {
                attempts.add(new Attempt(
                        (String) map.get("task"),
                        (String) map.get("kind"),
                        Instant.parse((String) map.get("startedAt")),
                        Instant.parse(ended),
                        map.get("cpuSeconds") instanceof Number cpu ? cpu.doubleValue() : 0));
            }
        }
        attempts.sort(Comparator.comparing(Attempt::started));
        return attempts;
    }

    /** Processor seconds of all that are of some kind. */
    static double cpu(List<Attempt> attempts, Predicate<Attempt> kind) {
        return attempts.stream().filter(kind).mapToDouble(Attempt::cpu).sum();
    }

    /** Whether it makes pictures or sound of the ladder. */
    static boolean isLadder(Attempt attempt) {
        return Set.of("encode chunk", "encode audio").contains(attempt.kind());
    }

    /** Whether it makes pictures beside the video. */
    static boolean isPicture(Attempt attempt) {
        return Set.of("preview", "storyboard", "cover").contains(attempt.kind());
    }

    /** Seconds from the first start to the last end of some kind. */
    static double wall(List<Attempt> attempts, Predicate<Attempt> kind) {
        Instant first = attempts.stream()
                .filter(kind)
                .map(Attempt::started)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = attempts.stream()
                .filter(kind)
                .map(Attempt::ended)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return Duration.between(first, last).toMillis() / 1000.0;
    }

    /**
     * Seconds between the end of an assembly and the start of the next: renditions are joined one after the other, each
     * when the one before is done, so nothing but queue and ledger lies between.
     */
    static List<Double> gaps(List<Attempt> attempts) {
        List<Attempt> chain = attempts.stream()
                .filter(attempt -> attempt.task().matches("assemble-\\d+p"))
                .toList();
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < chain.size(); i++) {
            gaps.add(Duration.between(chain.get(i - 1).ended(), chain.get(i).started())
                            .toMillis()
                    / 1000.0);
        }
        return gaps;
    }
}
