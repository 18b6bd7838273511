package org.millrace.standalone.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.standalone.deploy.Shell.Run;

/** The launcher's own Java programs, which this module compiles among its tests, run as the launcher runs them. */
final class LauncherPrograms {

    private LauncherPrograms() {}

    /** Runs a program as the launcher does. */
    static Run run(String program, String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Path.of("target", "test-classes").toAbsolutePath().toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp", classes, program));
        command.addAll(List.of(arguments));
        return Shell.run(Map.of(), command);
    }
}
