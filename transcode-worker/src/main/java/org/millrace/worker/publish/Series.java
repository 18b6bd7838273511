package org.millrace.worker.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.task.EncodedTrack;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.report.Outcomes;
import org.millrace.worker.report.WorkerIdentity;

/** The parts of one track in the order in which an attempt makes them. Used by one thread. */
public final class Series {

    private final Publisher publisher;
    private final Outcomes outcomes;
    private final WorkerIdentity identity;
    private final String encoder;
    private final Attempt attempt;
    private final String name;
    private final Optional<ObjectKey> init;
    private final boolean announced;
    private final List<EncodedTrack> tracks = new ArrayList<>();

    Series(
            Publisher publisher,
            Outcomes outcomes,
            WorkerIdentity identity,
            String encoder,
            Attempt attempt,
            String name,
            Optional<ObjectKey> init,
            boolean announced) {
        this.publisher = publisher;
        this.outcomes = outcomes;
        this.identity = identity;
        this.encoder = encoder;
        this.attempt = attempt;
        this.name = name;
        this.init = init;
        this.announced = announced;
    }

    /**
     * Publishes the next part and tells the ledger, however long that takes.
     *
     * @throws AttemptFailedException if the worker ends before the ledger is known to have heard of it
     */
    public void publish(VerifiedTrack part) {
        attempt.checkGoing();
        int seq = attempt.offer().parts() + tracks.size();
        ObjectKey object = attempt.workObject("part-" + seq + ".mp4");
        Optional<ObjectKey> own = tracks.isEmpty() ? init : Optional.empty();
        if (announced) {
            attempt.announce(object);
            own.ifPresent(attempt::announce);
        }
        EncodedTrack track = publisher.publish(object, name, part, own);
        tracks.add(track);
        Outcome outcome =
                new Outcome.PartPublished(attempt.offer().task(), attempt.id(), identity.id(), seq, track, encoder);
        if (announced && !outcomes.send(outcome)) {
            attempt.checkGoing();
            throw new AttemptFailedException(FailureCode.ENCODER_KILLED, "The worker ended");
        }
    }

    /** What was published, in order. */
    public List<EncodedTrack> tracks() {
        return List.copyOf(tracks);
    }
}
