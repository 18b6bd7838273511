package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Manifest;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;
import org.millrace.store.NoSuchObjectException;
import org.millrace.store.ObjectInfo;
import org.millrace.store.StoreFullException;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.AttemptStoppedException;
import org.millrace.worker.attempt.StopReason;
import org.millrace.worker.report.WorkerIdentity;

/** Runs an attempt and says how it ended. Whatever does not succeed leaves no object behind. */
@ApplicationScoped
public class AttemptRunner {

    private static final Logger LOG = Logger.getLogger(AttemptRunner.class);

    private final Steps steps;
    private final MediaStore store;
    private final WorkerIdentity identity;
    private final TaskMetrics metrics;

    @Inject
    AttemptRunner(Steps steps, MediaStore store, WorkerIdentity identity, TaskMetrics metrics) {
        this.steps = steps;
        this.store = store;
        this.identity = identity;
        this.metrics = metrics;
    }

    /** The outcome; empty if the attempt was cancelled and nobody waits for one. */
    Optional<Outcome> run(Attempt attempt) {
        long begun = System.nanoTime();
        Optional<Outcome> outcome = outcomeOf(attempt);
        boolean succeeded =
                outcome.filter(Outcome.AttemptSucceeded.class::isInstance).isPresent();
        if (!succeeded) {
            clean(attempt);
        }
        metrics.ended(attempt, outcome, System.nanoTime() - begun);
        LOG.infof(
                "Attempt %s at task %s of video %s ended: %s",
                attempt.id(),
                attempt.offer().task(),
                attempt.offer().video(),
                outcome.map(Outcome::getClass).map(Class::getSimpleName).orElse("cancelled"));
        return outcome;
    }

    private Optional<Outcome> outcomeOf(Attempt attempt) {
        TaskOffer offer = attempt.offer();
        try {
            Manifest manifest = steps.run(attempt);
            attempt.checkGoing();
            return Optional.of(new Outcome.AttemptSucceeded(offer.task(), attempt.id(), identity.id(), manifest));
        } catch (RuntimeException e) {
            return failed(attempt, e);
        }
    }

    private Optional<Outcome> failed(Attempt attempt, RuntimeException e) {
        try {
            // A stopped attempt fails in many ways; the stop is why.
            attempt.checkGoing();
        } catch (AttemptStoppedException stopped) {
            return stopped(attempt, stopped);
        }
        return Optional.of(
                switch (e) {
                    case AttemptFailedException failure ->
                        failure(attempt, failure.code(), failure.failureClass(), failure.detail());
                    case StoreFullException full -> failure(attempt, FailureCode.OUT_OF_SPACE, full.getMessage());
                    case NoSuchObjectException missing ->
                        failure(attempt, FailureCode.SOURCE_MISSING, missing.getMessage());
                    case MediaStoreException store -> failure(attempt, FailureCode.STORE_ERROR, store.getMessage());
                    default -> internal(attempt, e);
                });
    }

    private Optional<Outcome> stopped(Attempt attempt, AttemptStoppedException stopped) {
        if (stopped.reason() == StopReason.CANCELLED) {
            return Optional.empty();
        }
        return Optional.of(
                new Outcome.AttemptHandedBack(attempt.offer().task(), attempt.id(), identity.id(), "The worker ends"));
    }

    private Outcome internal(Attempt attempt, RuntimeException e) {
        String errorId = UUID.randomUUID().toString();
        LOG.errorf(e, "Attempt %s failed unexpectedly, error %s", attempt.id(), errorId);
        return failure(attempt, FailureCode.INTERNAL, "Error " + errorId + " in the worker's log");
    }

    private Outcome failure(Attempt attempt, FailureCode code, String detail) {
        return failure(attempt, code, code.failureClass(), detail);
    }

    private Outcome failure(Attempt attempt, FailureCode code, FailureClass failureClass, String detail) {
        LOG.warnf("Attempt %s failed with %s: %s", attempt.id(), code.slug(), detail);
        return new Outcome.AttemptFailed(
                attempt.offer().task(), attempt.id(), identity.id(), failureClass, code, detail);
    }

    private void clean(Attempt attempt) {
        TaskOffer offer = attempt.offer();
        try {
            clean(attempt, MediaLayout.attempt(offer.video(), offer.task(), attempt.id()));
            int set = setOf(offer.work());
            if (set > 0) {
                clean(attempt, MediaLayout.published(offer.video(), set, attempt.id()));
            }
        } catch (MediaStoreException e) {
            LOG.warnf("Objects of attempt %s are left to the janitor: %s", attempt.id(), e.getMessage());
        }
    }

    /** What was announced may have been accepted: the ledger decides about it. */
    private void clean(Attempt attempt, ObjectKey prefix) {
        Set<ObjectKey> announced = attempt.announced();
        if (announced.isEmpty()) {
            store.deletePrefix(prefix);
            return;
        }
        try (Stream<ObjectInfo> objects = store.list(prefix)) {
            objects.map(ObjectInfo::key)
                    .filter(key -> !announced.contains(key))
                    .toList()
                    .forEach(store::delete);
        }
    }

    /** The set that a task makes something for; 0 if it makes nothing that is kept. */
    private static int setOf(Task task) {
        return switch (task) {
            case Task.Assemble assemble -> assemble.set();
            case Task.Preview preview -> preview.set();
            case Task.Cover cover -> cover.set();
            case Task.Storyboard storyboard -> storyboard.set();
            case Task.ExtractSubtitles subtitles -> subtitles.set();
            case Task.Download download -> download.set();
            case Task.EncodeChunk chunk -> orNone(chunk.set());
            case Task.EncodeAudio audio -> orNone(audio.set());
            case Task.Remux remux -> orNone(remux.set());
            case Task.MeasureLoudness loudness -> 0;
            case Task.Analyse analyse -> 0;
            case Task.Audit audit -> 0;
        };
    }

    private static int orNone(Integer set) {
        return set == null ? 0 : set;
    }
}
