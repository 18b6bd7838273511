package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs of one {@link SandboxLevel} that stand before a command. */
abstract sealed class Confinement {

    /** Where the workspace appears inside bubblewrap. */
    static final String INSIDE = "/work";

    private final Path prlimit;
    /**
     * Where the kernel shares the processor out by sessions, a nice value counts within its session only, and the session
     * has one of its own. It takes one change every 100 ms of an ordinary user; where there is no such file it is not needed.
     */
    private static final String NICE_SESSION = "for try in 1 2 3; do [ -w /proc/self/autogroup ] || break;"
            + " echo \"$0\" 2>/dev/null >/proc/self/autogroup && break; sleep 0.1; done; exec \"$@\"";

    private final Path shell;
    private final Path nice;
    private final int niceness;
    private final int urgentNiceness;
    private final List<String> ionice;
    private final int openFiles;

    private Confinement(FfmpegConfig config) throws IOException {
        prlimit = tool("prlimit");
        shell = tool("sh");
        nice = tool("nice");
        niceness = config.nice();
        urgentNiceness = config.niceUrgent();
        ionice = SearchPath.find("ionice")
                .map(path -> List.of(path.toString(), "-c", "3"))
                .orElse(List.of());
        openFiles = config.maxOpenFiles();
    }

    /**
     * The confinement of a level.
     *
     * @throws IOException if a program it needs is missing
     */
    static Confinement of(SandboxLevel level, FfmpegConfig config) throws IOException {
        return switch (level) {
            case BUBBLEWRAP -> new Bubblewrap(config);
            case NAMESPACES -> new Namespaces(config);
            case LIMITS -> new LimitsOnly(config);
        };
    }

    /** Arguments before the program; the working directory is the workspace's output directory. */
    abstract List<String> prefix(Path program, Workspace workspace, Limits limits);

    /** Whether inputs appear by themselves where commands expect them. */
    boolean mountsInputs() {
        return false;
    }

    /** Limits and priorities, innermost. */
    List<String> limited(Limits limits) {
        List<String> argv = new ArrayList<>(List.of(
                prlimit.toString(),
                "--as=" + limits.memoryBytes(),
                "--fsize=" + limits.outputBytes(),
                "--cpu=" + limits.cpuSeconds(),
                "--nofile=" + openFiles,
                "--core=0",
                nice.toString(),
                "-n",
                Integer.toString(niceness(limits.rank()))));
        if (limits.rank() == Limits.Rank.REST) {
            argv.addAll(ionice);
        }
        if (limits.rank() != Limits.Rank.FIRST) {
            argv.addAll(List.of(shell.toString(), "-c", NICE_SESSION, Integer.toString(niceness(limits.rank()))));
        }
        return argv;
    }

    private int niceness(Limits.Rank rank) {
        return rank == Limits.Rank.REST ? niceness : urgentNiceness;
    }

    private static Path tool(String name) throws IOException {
        return SearchPath.find(name).orElseThrow(() -> new IOException(name + " is not installed"));
    }

    /** Everything bubblewrap offers. */
    private static final class Bubblewrap extends Confinement {

        private static final List<String> SYSTEM_LINKS = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64");

        private final List<String> fixed;

        Bubblewrap(FfmpegConfig config) throws IOException {
            super(config);
            // The session in front has no terminal, and ProcessTree finds in it what bubblewrap starts while it is
            // killed. One of its own (--new-session) would hide that.
            List<String> argv = new ArrayList<>(List.of(
                    tool("setsid").toString(),
                    tool("bwrap").toString(),
                    "--unshare-all",
                    "--die-with-parent",
                    "--cap-drop",
                    "ALL",
                    "--ro-bind",
                    "/usr",
                    "/usr"));
            for (String link : SYSTEM_LINKS) {
                Path path = Path.of(link);
                if (Files.isSymbolicLink(path)) {
                    argv.addAll(
                            List.of("--symlink", Files.readSymbolicLink(path).toString(), link));
                } else if (Files.isDirectory(path)) {
                    argv.addAll(List.of("--ro-bind", link, link));
                }
            }
            argv.addAll(List.of("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"));
            argv.addAll(List.of("--ro-bind-try", "/etc/alternatives", "/etc/alternatives"));
            argv.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
            fixed = List.copyOf(argv);
        }

        @Override
        List<String> prefix(Path program, Workspace workspace, Limits limits) {
            List<String> argv = new ArrayList<>(fixed);
            if (!program.startsWith("/usr")) {
                String home = program.getParent().toString();
                argv.addAll(List.of("--ro-bind", home, home));
            }
            for (Map.Entry<InputName, Path> input : workspace.inputs().entrySet()) {
                argv.addAll(List.of(
                        "--ro-bind",
                        input.getValue().toString(),
                        INSIDE + "/" + Workspace.INPUT_DIRECTORY + "/"
                                + input.getKey().fileName()));
            }
            String out = INSIDE + "/" + Workspace.OUTPUT_DIRECTORY;
            argv.addAll(List.of("--bind", workspace.outputDirectory().toString(), out, "--chdir", out, "--"));
            argv.addAll(limited(limits));
            return argv;
        }

        @Override
        boolean mountsInputs() {
            return true;
        }
    }

    /** No network, no way to gain rights. */
    private static final class Namespaces extends Confinement {

        private static final long CAP_SYS_ADMIN = 1L << 21;

        private final List<String> fixed;

        Namespaces(FfmpegConfig config) throws IOException {
            super(config);
            List<String> argv = new ArrayList<>();
            // Asked for twice: setting a network up takes time, and a change of rights may take the request back.
            argv.addAll(List.of(tool("setsid").toString(), tool("setpriv").toString(), "--pdeathsig", "KILL"));
            argv.addAll(List.of(tool("unshare").toString(), "--net", "--ipc", "--uts"));
            if (!mayMakeNamespaces()) {
                argv.add("--map-root-user");
            }
            // Without its capabilities root inside cannot join the network outside again.
            argv.addAll(List.of(
                    "--",
                    tool("setpriv").toString(),
                    "--pdeathsig",
                    "KILL",
                    "--no-new-privs",
                    "--inh-caps=-all",
                    "--bounding-set=-all,+dac_override"));
            fixed = List.copyOf(argv);
        }

        @Override
        List<String> prefix(Path program, Workspace workspace, Limits limits) {
            List<String> argv = new ArrayList<>(fixed);
            argv.addAll(limited(limits));
            return argv;
        }

        /** Whether the worker has the right itself; otherwise a user namespace has to give it. */
        private static boolean mayMakeNamespaces() throws IOException {
            try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
                return status.filter(line -> line.startsWith("CapEff:"))
                        .map(line -> Long.parseUnsignedLong(
                                line.substring(line.indexOf(':') + 1).strip(), 16))
                        .anyMatch(rights -> (rights & CAP_SYS_ADMIN) != 0);
            }
        }
    }

    /** Limits and a common end with the worker. */
    private static final class LimitsOnly extends Confinement {

        private final List<String> fixed;

        LimitsOnly(FfmpegConfig config) throws IOException {
            super(config);
            fixed = List.of(
                    tool("setsid").toString(), tool("setpriv").toString(), "--pdeathsig", "KILL", "--no-new-privs");
        }

        @Override
        List<String> prefix(Path program, Workspace workspace, Limits limits) {
            List<String> argv = new ArrayList<>(fixed);
            argv.addAll(limited(limits));
            return argv;
        }
    }
}
