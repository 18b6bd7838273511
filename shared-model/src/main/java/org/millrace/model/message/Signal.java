package org.millrace.model.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.id.WorkerId;

/** News that may get lost: the next one says the same or better. Nothing durable depends on it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Signal.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Signal.WorkerAlive.class, name = "worker-alive"),
    @JsonSubTypes.Type(value = Signal.VideoChanged.class, name = "video-changed")
})
public sealed interface Signal {

    /**
     * How far an attempt has come. It also renews the attempt's lease.
     *
     * @param task the task
     * @param attempt the try
     * @param worker who tries
     * @param seq grows with each signal of the attempt; an older one that comes late is dropped
     * @param fraction of the task's work that is done, 0 to 1
     * @param speed seconds of video made per second; 0 if unknown
     */
    record Progress(TaskId task, AttemptId attempt, WorkerId worker, long seq, double fraction, double speed)
            implements Signal {}

    /**
     * A worker is there.
     *
     * @param worker this run of the worker
     * @param host name of the machine, for people
     * @param slots bulk tasks it runs at once
     * @param busy tasks it runs now, of both lanes
     * @param sandbox the level its converters run at, for example {@code bubblewrap}
     * @param encoder fingerprint of its encoder
     */
    record WorkerAlive(WorkerId worker, String host, int slots, int busy, String sandbox, String encoder)
            implements Signal {}

    /**
     * The ledger has news of a video: other replicas of the API re-read it and tell their pages.
     *
     * @param video which video
     */
    record VideoChanged(VideoId video) implements Signal {}
}
