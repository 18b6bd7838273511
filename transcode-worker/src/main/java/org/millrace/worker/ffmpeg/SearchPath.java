package org.millrace.worker.ffmpeg;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where programs are looked for: PATH, then the system's usual directories, which a service's PATH may lack. */
final class SearchPath {

    private SearchPath() {}

    /** The absolute path of a program given by name or by path; empty if there is none that can be run. */
    static Optional<Path> find(String program) {
        if (program.indexOf('/') >= 0) {
            return Optional.of(Path.of(program).toAbsolutePath()).filter(SearchPath::isProgram);
        }
        Set<String> directories = new LinkedHashSet<>();
        String path = System.getenv("PATH");
        if (path != null) {
            directories.addAll(List.of(path.split(File.pathSeparator)));
        }
        directories.add("/usr/local/bin");
        directories.add("/usr/bin");
        directories.add("/bin");
        return directories.stream()
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, program))
                .filter(SearchPath::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
