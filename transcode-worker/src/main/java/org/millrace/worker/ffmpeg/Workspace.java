package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one run sees: a scratch directory of its own and its inputs, read-only where the sandbox can enforce it.
 *
 * @param scratch absolute directory that belongs to this run; files appear in its {@code out}
 * @param inputs where the inputs really are; absolute paths
 */
public record Workspace(Path scratch, Map<InputName, Path> inputs) {

    static final String INPUT_DIRECTORY = "in";
    static final String OUTPUT_DIRECTORY = "out";

    /** Makes paths absolute and copies the map. */
    public Workspace {
        scratch = scratch.toAbsolutePath().normalize();
        inputs = Map.copyOf(inputs);
        for (Path input : inputs.values()) {
            if (!input.isAbsolute()) {
                throw new IllegalArgumentException("Not an absolute path: " + input);
            }
        }
    }

    /** A workspace with one input, the source. */
    public static Workspace ofSource(Path scratch, Path source) {
        return new Workspace(scratch, Map.of(InputName.SOURCE, source.toAbsolutePath()));
    }

    /** The directory the command writes to; it exists once a run was started. */
    public Path outputDirectory() {
        return scratch.resolve(OUTPUT_DIRECTORY);
    }

    /**
     * Where a file the command writes is found.
     *
     * @param fileName as given to the command
     */
    public Path output(String fileName) {
        return outputDirectory().resolve(OutputName.check(fileName));
    }

    /** Makes the output directory. */
    void prepare() throws IOException {
        Files.createDirectories(outputDirectory());
    }

    /** Puts files where the command works. */
    void write(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(output(file.getKey()), file.getValue());
        }
    }

    /** Makes inputs visible under their fixed names, for sandboxes that cannot mount them there. */
    void linkInputs() throws IOException {
        Path directory = Files.createDirectories(scratch.resolve(INPUT_DIRECTORY));
        for (Map.Entry<InputName, Path> input : inputs.entrySet()) {
            Path link = directory.resolve(input.getKey().fileName());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, input.getValue());
        }
    }
}
