package org.millrace.worker.ffmpeg;

import java.util.Locale;

/** The fixed names under which a command sees its inputs, whatever they are called outside. */
public enum InputName {
    /** What was uploaded, or a replica of it. */
    SOURCE,
    /** A video track made by an earlier run. */
    VIDEO,
    /** An audio track made by an earlier run. */
    AUDIO;

    /** File name inside the sandbox's input directory. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Address as given to ffmpeg, relative to the output directory, which is the working directory. */
    String url() {
        return "file:../" + Workspace.INPUT_DIRECTORY + "/" + fileName();
    }
}
