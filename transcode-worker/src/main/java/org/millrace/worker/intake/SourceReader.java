package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.ByteWindow;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.LocalObject;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ObjectFiles;
import org.millrace.worker.attempt.PartialSourceException;
import org.millrace.worker.attempt.ScratchFolder;

/**
 * Gives a step the source it works on, or the part of it that it reads. Whatever fails with a part, or is complained about,
 * is tried again with the whole source: only what remains then is the source's own fault.
 */
@ApplicationScoped
class SourceReader {

    private static final Logger LOG = Logger.getLogger(SourceReader.class);

    /**
     * How much of its beginning is fetched to recognise a source: twenty seconds of nearly anything, then of anything at
     * all.
     */
    private static final List<ByteWindow> BEGINNINGS =
            List.of(new ByteWindow(64L << 20, 0, 0), new ByteWindow(512L << 20, 0, 0));

    /** More bytes would not help against these. */
    private static final Set<FailureCode> NOT_FOR_WANT_OF_BYTES = EnumSet.of(
            FailureCode.OUT_OF_SPACE,
            FailureCode.OUT_OF_MEMORY,
            FailureCode.ENCODER_KILLED,
            FailureCode.SOURCE_MISSING,
            FailureCode.STORE_ERROR,
            FailureCode.INTERNAL);

    private final ObjectFiles objects;
    private final ScratchFolder scratch;

    @Inject
    SourceReader(ObjectFiles objects, ScratchFolder scratch) {
        this.objects = objects;
        this.scratch = scratch;
    }

    /**
     * What a step makes of a source.
     *
     * @param step may be run again, if it has announced nothing
     */
    Made read(Attempt attempt, ObjectKey source, Function<Path, Made> step) {
        for (ByteWindow window : windows(attempt)) {
            Optional<Made> made = readPart(attempt, source, window, step);
            if (made.isPresent()) {
                return made.get();
            }
            scratch.empty(attempt.folder());
        }
        try (LocalObject whole = objects.open(source, attempt)) {
            attempt.reads(whole.extent());
            return step.apply(whole.path());
        }
    }

    /** Empty if it has to be tried again with more of the source. */
    private Optional<Made> readPart(Attempt attempt, ObjectKey source, ByteWindow window, Function<Path, Made> step) {
        try (LocalObject part = objects.open(source, window, attempt)) {
            attempt.reads(part.extent());
            try {
                return Optional.of(step.apply(part.path()));
            } catch (PartialSourceException | AttemptFailedException e) {
                attempt.checkGoing();
                if (part.isWhole() || isElsewhere(e)) {
                    throw e;
                }
                LOG.infof("A part of %s was not enough for attempt %s: %s", source, attempt.id(), e.getMessage());
                doubt(attempt, source, window);
                return Optional.empty();
            }
        }
    }

    private void doubt(Attempt attempt, ObjectKey source, ByteWindow window) {
        if (!window.equals(BEGINNINGS.getFirst())) {
            objects.doubt(source);
        }
        if (!attempt.announced().isEmpty()) {
            // The next attempt goes on behind what is published, and reads the whole source.
            throw new AttemptFailedException(
                    FailureCode.STORE_ERROR, FailureClass.TRANSIENT, "Too little of the source was fetched", null);
        }
    }

    private static boolean isElsewhere(RuntimeException e) {
        return e instanceof AttemptFailedException failure && NOT_FOR_WANT_OF_BYTES.contains(failure.code());
    }

    /** The parts to try, in turn; none if the whole source is wanted. */
    private static List<ByteWindow> windows(Attempt attempt) {
        boolean again = attempt.offer().parts() > 0 || attempt.isTolerant();
        return switch (attempt.offer().work()) {
            case Task.Analyse work when work.scope() == Task.Analyse.Scope.HEADER -> BEGINNINGS;
            case Task.EncodeChunk work when work.window() != null && !again -> List.of(work.window());
            default -> List.of();
        };
    }
}
