package org.millrace.api.admin;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.api.dispatch.Fleet;
import org.millrace.api.ledger.TaskRow;
import org.millrace.api.ledger.TaskState;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.library.Words;
import org.millrace.api.status.LiveProgress;
import org.millrace.model.ladder.Grid;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Signal;
import org.millrace.model.plan.Leads;

/** What the jobs page shows: the tasks of the whole installation and who works on them. */
@ApplicationScoped
class JobsBoard {

    /** Out of the backlog, not yet begun. */
    static final Set<TaskState> WAITING = EnumSet.of(TaskState.WAITING, TaskState.RESERVED, TaskState.OFFERED);

    static final Set<TaskState> RUNNING = EnumSet.of(TaskState.RUNNING);

    static final Set<TaskState> FAILED = EnumSet.of(TaskState.FAILED);

    /** An estimate from the first moments of an attempt would only mislead. */
    private static final double ENOUGH_TO_ESTIMATE = 0.03;

    private final Transactions transactions;
    private final Fleet fleet;
    private final LiveProgress live;
    private final Clock clock;

    JobsBoard(Transactions transactions, Fleet fleet, LiveProgress live, Clock clock) {
        this.transactions = transactions;
        this.fleet = fleet;
        this.live = live;
        this.clock = clock;
    }

    /** What is known besides the tasks themselves. */
    private record Background(
            Map<String, String> titles,
            Map<String, VideoState> states,
            Map<String, Long> attempts,
            Map<String, Instant> started) {}

    /** Tasks in these states, in the order in which they get their turn. */
    List<JobRow> inTurn(Collection<TaskState> states, int most) {
        return jobs(states, "createdAt, videoId, ordinal", most);
    }

    /** Tasks in these states, those that changed last first. */
    List<JobRow> latest(Collection<TaskState> states, int most) {
        return jobs(states, "updatedAt desc, videoId, ordinal", most);
    }

    /** The live workers. */
    List<WorkerRow> workers() {
        Instant now = clock.instant();
        return fleet.alive().stream()
                .map(member -> {
                    Signal.WorkerAlive report = member.report();
                    return new WorkerRow(
                            report.worker().value(),
                            report.host(),
                            report.slots(),
                            report.busy(),
                            Words.span(Duration.between(member.seenAt(), now)) + " ago",
                            report.sandbox(),
                            report.encoder());
                })
                .toList();
    }

    private List<JobRow> jobs(Collection<TaskState> states, String order, int most) {
        List<TaskRow> tasks = transactions.read(() -> TaskRow.<TaskRow>find("state in (?1) order by " + order, states)
                .page(0, most)
                .list());
        Background background = background(tasks);
        Map<String, String> hosts = fleet.alive().stream()
                .collect(Collectors.toMap(
                        member -> member.report().worker().value(),
                        member -> member.report().host(),
                        (first, second) -> first));
        return tasks.stream().map(task -> job(task, background, hosts)).toList();
    }

    private JobRow job(TaskRow task, Background background, Map<String, String> hosts) {
        boolean running = task.state == TaskState.RUNNING;
        Optional<Signal.Progress> word = running ? live.of(task.taskId(), task.attemptId) : Optional.empty();
        double fraction = word.map(Signal.Progress::fraction).orElse(task.fraction);
        return new JobRow(
                task.id,
                task.videoId,
                background.titles().getOrDefault(task.videoId, ""),
                kindText(task),
                stateText(task.state),
                Words.wholePercent(100 * fraction),
                word.filter(it -> it.speed() > 0)
                        .map(it -> Words.times(it.speed()))
                        .orElse(null),
                running ? timeLeft(background.started().get(task.attemptId), fraction) : null,
                running ? hosts.getOrDefault(task.workerId, "a worker") : null,
                background.attempts().getOrDefault(task.id, 0L),
                WAITING.contains(task.state) ? waitingText(task) : null,
                task.state == TaskState.FAILED && task.failureCode != null
                        ? FailureCode.ofSlug(task.failureCode).sentence()
                        : null,
                task.state == TaskState.FAILED
                        && background
                                .states()
                                .getOrDefault(task.videoId, VideoState.PROCESSING)
                                .isWorthRetrying());
    }

    /** The kind in words, with the part of the video it is about: {@code Assemble 720p}. */
    private static String kindText(TaskRow task) {
        if (Leads.isLead(task.name)) {
            double from = Grid.GOP_SECONDS * Integer.parseInt(task.name.replaceAll("\\D", ""));
            return "Start rendition ahead, from " + Words.clock(from);
        }
        String name = task.name.replace('-', ' ');
        boolean encodes = task.name.startsWith("chunk") || task.name.startsWith("audio");
        String text = encodes ? "encode " + name : name;
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String stateText(TaskState state) {
        return switch (state) {
            case BLOCKED, WAITING, RESERVED -> "Waiting";
            case OFFERED -> "In the queue";
            case RUNNING -> "Running";
            case DONE -> "Done";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
        };
    }

    private String waitingText(TaskRow task) {
        Instant now = clock.instant();
        if (FailureCode.OUT_OF_SPACE.slug().equals(task.failureCode)) {
            return "for room on the disk";
        }
        return task.notBefore.isAfter(now)
                ? "tried again in "
                        + Words.span(Duration.between(now, task.notBefore).plusSeconds(1))
                : "for " + Words.span(Duration.between(task.updatedAt, now));
    }

    /** Assumes that the rest goes as fast as what is done. */
    private String timeLeft(Instant started, double fraction) {
        if (started == null || fraction < ENOUGH_TO_ESTIMATE) {
            return null;
        }
        double elapsed = Duration.between(started, clock.instant()).toMillis() / 1000.0;
        return Words.timeLeft(Math.round(elapsed * (1 - Math.min(1, fraction)) / fraction));
    }

    private Background background(List<TaskRow> tasks) {
        Set<String> videos = tasks.stream().map(task -> task.videoId).collect(Collectors.toSet());
        Set<String> ids = tasks.stream().map(task -> task.id).collect(Collectors.toSet());
        Map<String, String> titles = new HashMap<>();
        Map<String, VideoState> states = new HashMap<>();
        Map<String, Long> attempts = new HashMap<>();
        Map<String, Instant> started = new HashMap<>();
        rows("select v.id, v.title, v.state from VideoRow v where v.id in (?1)", videos)
                .forEach(row -> {
                    titles.put((String) row[0], (String) row[1]);
                    states.put((String) row[0], (VideoState) row[2]);
                });
        rows("select a.taskId, a.id, a.startedAt from AttemptRow a where a.taskId in (?1)", ids)
                .forEach(row -> {
                    attempts.merge((String) row[0], 1L, Long::sum);
                    started.put((String) row[1], (Instant) row[2]);
                });
        return new Background(titles, states, attempts, started);
    }

    private List<Object[]> rows(String query, Set<String> ids) {
        return transactions.read(() -> TaskRow.getEntityManager()
                .createQuery(query, Object[].class)
                .setParameter(1, ids)
                .getResultList());
    }
}
