package org.millrace.model.key;

import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;

/**
 * Where each kind of object lives in the media store. Everything of a video lies below {@link #video}, so deleting a
 * video is deleting one prefix; everything of an attempt lies below {@link #attempt}, so a late worker can never
 * overwrite another's result.
 */
public final class MediaLayout {

    private MediaLayout() {}

    /** Prefix of everything that belongs to a video. */
    public static ObjectKey video(VideoId video) {
        return new ObjectKey("v/" + video);
    }

    /** The bytes as uploaded. */
    public static ObjectKey source(VideoId video) {
        return video(video).child("source").child("original");
    }

    /** Prefix of what attempts at tasks of this video have made. */
    public static ObjectKey work(VideoId video) {
        return video(video).child("work");
    }

    /** Prefix of what all attempts at a task have made. */
    public static ObjectKey task(VideoId video, TaskId task) {
        return work(video).child(task.value());
    }

    /** Prefix of what one attempt at a task has made. */
    public static ObjectKey attempt(VideoId video, TaskId task, AttemptId attempt) {
        return task(video, task).child(attempt.value());
    }

    /**
     * Prefix of a published set.
     *
     * @param set counts from 1; every re-encoding makes a new set
     */
    public static ObjectKey set(VideoId video, int set) {
        if (set < 1) {
            throw new IllegalArgumentException("Sets count from 1, not " + set);
        }
        return video(video).child("set").child(Integer.toString(set));
    }

    /**
     * Prefix of what one attempt has made for a set: finished objects that stay as long as the set does.
     *
     * @param set counts from 1
     */
    public static ObjectKey published(VideoId video, int set, AttemptId attempt) {
        return set(video, set).child(attempt.value());
    }
}
