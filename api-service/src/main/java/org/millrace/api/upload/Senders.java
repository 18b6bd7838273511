package org.millrace.api.upload;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.model.id.UploadId;

/**
 * The one request that may send to each upload at a time. A sender whose network has gone away looks like one that
 * waits; it makes way for whoever comes to go on, so that nobody waits for a dead connection to time out.
 */
@ApplicationScoped
class Senders {

    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ConcurrentMap<UploadId, Sender> active = new ConcurrentHashMap<>();
    private final Clock clock;

    Senders(Clock clock) {
        this.clock = clock;
    }

    /**
     * Lets a request in; it has to {@link #leave}.
     *
     * @param interrupt makes a read of the body that waits for bytes fail
     * @throws ProblemException if another request is sending
     */
    Sender enter(UploadId upload, InputStream body, Runnable interrupt) {
        Sender sender = new Sender(body, interrupt, clock);
        Sender other = active.putIfAbsent(upload, sender);
        if (other == null) {
            return sender;
        }
        if (other.isSilentFor(SILENCE) && other.dismiss(FAREWELL) && active.putIfAbsent(upload, sender) == null) {
            return sender;
        }
        throw new ProblemException(ErrorCode.UPLOAD_BUSY).with("Retry-After", "1");
    }

    /** Lets the next one in. */
    void leave(UploadId upload, Sender sender) {
        active.remove(upload, sender);
        sender.leave();
    }
}
