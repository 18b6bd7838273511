package org.millrace.api.status;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.millrace.model.id.TaskId;
import org.millrace.model.message.Signal;

/** The latest word of every running attempt. It is lost with the process and comes back with the next signals. */
@ApplicationScoped
public class LiveProgress {

    private static final Duration STALE_AFTER = Duration.ofMinutes(2);

    private final ConcurrentMap<TaskId, Word> words = new ConcurrentHashMap<>();
    private final Set<TaskId> news = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    LiveProgress(Clock clock) {
        this.clock = clock;
    }

    private record Word(Signal.Progress progress, Instant heardAt) {}

    void on(@Observes Signal.Progress progress) {
        words.merge(progress.task(), new Word(progress, clock.instant()), LiveProgress::newer);
        news.add(progress.task());
    }

    /** Within an attempt the later signal counts, whatever the order they come in. */
    private static Word newer(Word old, Word fresh) {
        boolean late = old.progress().attempt().equals(fresh.progress().attempt())
                && old.progress().seq() >= fresh.progress().seq();
        return late ? old : fresh;
    }

    /** What was heard last of a task's attempt; empty if nothing, or nothing for minutes. */
    public Optional<Signal.Progress> of(TaskId task, String attempt) {
        return Optional.ofNullable(words.get(task))
                .map(Word::progress)
                .filter(progress -> progress.attempt().value().equals(attempt));
    }

    /** The tasks heard of since this was called last. */
    Set<TaskId> takeNews() {
        Instant stale = clock.instant().minus(STALE_AFTER);
        words.values().removeIf(word -> word.heardAt().isBefore(stale));
        Set<TaskId> taken = Set.copyOf(news);
        news.removeAll(taken);
        return taken;
    }
}
