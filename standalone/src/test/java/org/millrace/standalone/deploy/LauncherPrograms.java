package org.millrace.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.millrace.standalone.deploy.Shell.Run;

/** The launcher's own Java programs, compiled once, as strictly as everything else. */
final class LauncherPrograms {

    private static final Path CLASSES = compile();

    private LauncherPrograms() {}

    /** Runs a program as the launcher does. */
    static Run run(String program, String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp", CLASSES.toString(), program));
        command.addAll(List.of(arguments));
        return Shell.run(Map.of(), command);
    }

    private static Path compile() {
        try {
            Path classes = Files.createDirectories(
                    Path.of("target", "launcher-classes").toAbsolutePath());
            List<String> arguments = new ArrayList<>(List.of(
                    "-cp", classes.toString(), "-Xlint:all", "-Werror", "--release", "21", "-d", classes.toString()));
            try (Stream<Path> sources = Files.walk(Repository.file("launcher/src"))) {
                sources.filter(path -> path.toString().endsWith(".java"))
                        .map(Path::toString)
                        .forEach(arguments::add);
            }
            int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertThat(result).isZero();
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
