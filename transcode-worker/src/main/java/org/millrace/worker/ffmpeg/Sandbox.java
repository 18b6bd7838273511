package org.millrace.worker.ffmpeg;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The confinement every child runs in: the strongest level that was seen to work when the worker started. */
@Singleton
@Startup
public class Sandbox {

    private static final Logger LOG = Logger.getLogger(Sandbox.class);
    private static final Limits TRIAL =
            new Limits(4L << 30, 1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final FfmpegInstallation installation;
    private final SandboxLevel level;
    private final Confinement confinement;

    /**
     * Tries the levels from the strongest on and keeps the first that runs ffmpeg.
     *
     * @throws FfmpegUnavailableException if none works, or only one weaker than configured
     */
    @Inject
    public Sandbox(FfmpegConfig config, FfmpegInstallation installation) {
        this(config, installation, List.of(SandboxLevel.values()));
    }

    Sandbox(FfmpegConfig config, FfmpegInstallation installation, List<SandboxLevel> candidates) {
        this.installation = installation;
        Map<SandboxLevel, String> failures = new EnumMap<>(SandboxLevel.class);
        SandboxLevel working = null;
        Confinement chosen = null;
        for (SandboxLevel candidate : candidates) {
            try {
                Confinement confinement = Confinement.of(candidate, config);
                tryOut(confinement);
                working = candidate;
                chosen = confinement;
                break;
            } catch (IOException e) {
                failures.put(candidate, e.getMessage());
            }
        }
        String why = failures.entrySet().stream()
                .map(failure -> failure.getKey() + " does not work: " + failure.getValue())
                .collect(Collectors.joining("; "));
        if (working == null) {
            throw new FfmpegUnavailableException(
                    "No sandbox works on this machine; install util-linux and bubblewrap (" + why + ").");
        }
        if (!config.sandbox().accepts(working)) {
            throw new FfmpegUnavailableException("millrace.ffmpeg.sandbox requires " + config.sandbox()
                    + ", but this machine only offers " + working + " (" + why + ").");
        }
        level = working;
        confinement = chosen;
        LOG.infof(
                "ffmpeg runs in sandbox level %s: %s%s", level, level.meaning(), why.isEmpty() ? "" : " (" + why + ")");
    }

    /** The level in use. */
    public SandboxLevel level() {
        return level;
    }

    /**
     * Prepares a workspace and returns the whole argument list that runs a command confined to it.
     *
     * @throws IOException if the workspace cannot be prepared
     */
    List<String> enter(Path program, List<String> arguments, Workspace workspace, Limits limits) throws IOException {
        workspace.prepare();
        if (!confinement.mountsInputs()) {
            workspace.linkInputs();
        }
        List<String> argv = new ArrayList<>(confinement.prefix(program, workspace, limits));
        argv.add(program.toString());
        argv.addAll(arguments);
        return List.copyOf(argv);
    }

    private void tryOut(Confinement candidate) throws IOException {
        Path scratch = Files.createTempDirectory("millrace-sandbox-");
        try {
            Workspace workspace = new Workspace(scratch, Map.of());
            workspace.prepare();
            Path program = installation.path(Program.FFMPEG);
            List<String> argv = new ArrayList<>(candidate.prefix(program, workspace, TRIAL));
            argv.addAll(List.of(program.toString(), "-version"));
            Trial.run(argv, workspace.outputDirectory());
        } finally {
            Files.deleteIfExists(scratch.resolve(Workspace.OUTPUT_DIRECTORY));
            Files.deleteIfExists(scratch);
        }
    }
}
