package org.millrace.api.ledger;

import java.time.Duration;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.task.Lane;

/**
 * CDI event: a step of a video's way is done and committed. It is told once, by the process that wrote it, so that
 * whoever counts milestones may add up over all processes.
 */
public sealed interface Milestone {

    /** Whose way it is. */
    VideoId video();

    /**
     * An upload is complete and has become a video.
     *
     * @param video the new video
     * @param bytes length of its source
     */
    record Uploaded(VideoId video, long bytes) implements Milestone {}

    /**
     * A video can be played for the first time.
     *
     * @param video the video
     * @param since the end of its upload
     */
    record Playable(VideoId video, Duration since) implements Milestone {}

    /**
     * Everything planned of a video is done.
     *
     * @param video the video
     * @param since the end of its upload
     */
    record Ready(VideoId video, Duration since) implements Milestone {}

    /**
     * A video was given up.
     *
     * @param video the video
     * @param code slug of the reason
     */
    record Failed(VideoId video, String code) implements Milestone {}

    /**
     * An attempt has ended.
     *
     * @param video whose task was tried
     * @param task what was tried
     * @param attempt the try
     * @param kind of the task, in words
     * @param lane of the task
     * @param how it ended
     * @param code slug of the reason of a failure; empty otherwise
     * @param took from when the ledger heard of its start to when it heard of its end
     * @param speed seconds of video made per second; 0 unless it encoded a picture and succeeded
     */
    record AttemptEnded(
            VideoId video,
            TaskId task,
            AttemptId attempt,
            String kind,
            Lane lane,
            AttemptRow.State how,
            String code,
            Duration took,
            double speed)
            implements Milestone {}
}
