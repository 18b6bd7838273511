package org.millrace.worker.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.millrace.model.key.ObjectKey;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.ffmpeg.FfmpegInstallation;
import org.millrace.worker.report.Outcomes;
import org.millrace.worker.report.WorkerIdentity;

/** Publishes tracks part by part while they are made, so that playing can begin before they are finished. */
@ApplicationScoped
public class PartPublisher {

    private final Publisher publisher;
    private final Outcomes outcomes;
    private final WorkerIdentity identity;
    private final String encoder;

    @Inject
    PartPublisher(Publisher publisher, Outcomes outcomes, WorkerIdentity identity, FfmpegInstallation installation) {
        this.publisher = publisher;
        this.outcomes = outcomes;
        this.identity = identity;
        this.encoder = installation.fingerprint();
    }

    /**
     * Begins a series of parts.
     *
     * @param name of the rung or the audio track
     * @param init where the init segment is published on its own, together with the first part; empty if it is not
     */
    public Series begin(Attempt attempt, String name, Optional<ObjectKey> init) {
        boolean announced = attempt.offer().work().publishesParts();
        return new Series(publisher, outcomes, identity, encoder, attempt, name, init, announced);
    }
}
