package org.millrace.worker.encode;

import org.millrace.model.task.AudioInput;
import org.millrace.worker.ffmpeg.SourceSound;

/** Describes a source's sound to the converter's commands, from the facts that a task carries. */
final class Sounds {

    private Sounds() {}

    /** The sound of a source. */
    static SourceSound of(AudioInput input) {
        return new SourceSound(
                input.track(),
                Pictures.time(input.startSeconds()),
                input.channels() == null ? 0 : input.channels(),
                input.mixedChannels());
    }
}
