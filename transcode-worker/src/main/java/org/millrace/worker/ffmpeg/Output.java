package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/** One output of an ffmpeg command: what goes in, how it is coded and packed, and its file. */
final class Output {

    private final List<String> arguments = new ArrayList<>();

    /** Takes a stream such as {@code 0:1} or a filter pad such as {@code [v720]}. */
    Output map(String streamOrPad) {
        return with("-map", streamOrPad);
    }

    /** Adds options in the order given. */
    Output with(String... options) {
        arguments.addAll(List.of(options));
        return this;
    }

    /** Leaves out everything that is not picture or sound, and all that the source says about itself. */
    Output bare() {
        return with("-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1");
    }

    /** The arguments, ending with a file in the output directory. */
    List<String> toFile(String fileName) {
        List<String> list = new ArrayList<>(arguments);
        list.add("file:" + OutputName.check(fileName));
        return List.copyOf(list);
    }

    /** The arguments, ending with standard output. */
    List<String> toStandardOutput() {
        List<String> list = new ArrayList<>(arguments);
        list.add("pipe:1");
        return List.copyOf(list);
    }

    /** The arguments of an output that is thrown away. */
    List<String> toNowhere() {
        List<String> list = new ArrayList<>(arguments);
        list.addAll(List.of("-f", "null", "-"));
        return List.copyOf(list);
    }
}
