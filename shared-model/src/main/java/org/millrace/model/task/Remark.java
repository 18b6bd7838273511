package org.millrace.model.task;

/**
 * Something the owner should know about what became of a video.
 *
 * @param kind of what sort
 * @param text one sentence
 */
public record Remark(Kind kind, String text) {

    /** What sort of remark it is. */
    public enum Kind {
        /** Something of the source is missing in the result: the video is partial. */
        LOSS,
        /** Something was converted or left out on purpose. */
        NOTE
    }
}
