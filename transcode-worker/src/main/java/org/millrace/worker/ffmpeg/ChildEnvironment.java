package org.millrace.worker.ffmpeg;

import java.io.File;
import java.util.Map;

/** What a child inherits: next to nothing, so that no secret of the worker reaches it. */
final class ChildEnvironment {

    private static final Map<String, String> VARIABLES =
            Map.of("PATH", "/usr/bin:/bin", "HOME", "/", "LC_ALL", "C", "AV_LOG_FORCE_NOCOLOR", "1");

    private ChildEnvironment() {}

    /** Clears the environment and the standard input. */
    static void apply(ProcessBuilder builder) {
        builder.environment().clear();
        builder.environment().putAll(VARIABLES);
        builder.redirectInput(new File("/dev/null"));
    }
}
