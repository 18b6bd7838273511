package org.millrace.worker.ffmpeg;

import java.util.regex.Pattern;

/** The rule for names of written files: no directory, no option, no pattern. */
final class OutputName {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

    private OutputName() {}

    /**
     * Returns the name unchanged.
     *
     * @throws IllegalArgumentException if it breaks the rule
     */
    static String check(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("Not an output file name: " + name);
        }
        return name;
    }
}
