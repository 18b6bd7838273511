package org.millrace.api.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.millrace.model.id.WorkerId;
import org.millrace.model.message.Signal;
import org.millrace.model.task.Lane;

/** The workers that have been heard of lately. */
@ApplicationScoped
public class Fleet {

    /** A worker reports every three seconds; after this long without a report it counts as gone. */
    private static final Duration GONE_AFTER = Duration.ofSeconds(12);

    private final ConcurrentMap<WorkerId, Member> members = new ConcurrentHashMap<>();
    private final Clock clock;

    Fleet(Clock clock) {
        this.clock = clock;
    }

    /**
     * A live worker.
     *
     * @param report what it said last
     * @param seenAt when it said so
     */
    public record Member(Signal.WorkerAlive report, Instant seenAt) {}

    void heard(Signal.WorkerAlive report) {
        members.put(report.worker(), new Member(report, clock.instant()));
    }

    /** Live workers, by host name. */
    public List<Member> alive() {
        Instant since = clock.instant().minus(GONE_AFTER);
        members.values().removeIf(member -> member.seenAt().isBefore(since));
        return members.values().stream()
                .sorted(Comparator.comparing((Member member) -> member.report().host())
                        .thenComparing(member -> member.report().worker().value()))
                .toList();
    }

    /** Fingerprints of the encoders that live workers have. */
    public Set<String> encoders() {
        return alive().stream().map(member -> member.report().encoder()).collect(Collectors.toSet());
    }

    /** How many tasks of a lane can run at once. */
    public int slots(Lane lane) {
        return alive().stream()
                .mapToInt(member -> lane == Lane.FAST ? 1 : member.report().slots())
                .sum();
    }
}
