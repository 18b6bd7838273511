package millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands one after the other or side by side, and says what they took. */
public final class Runs {

    /** What the kernel counts processor time in; every Linux says 100 a second to its programs. */
    private static final double TICKS = 100;

    private Runs() {}

    /** Runs a command to its end; an {@link IOException} says how it failed. */
    public static void run(List<String> command) throws IOException, InterruptedException {
        output(command);
    }

    /** Runs a command to its end and answers what it printed. */
    public static String output(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("bench", ".out");
        try {
            Process process = start(command, printed);
            int code = process.waitFor();
            String text = Files.readString(printed);
            if (code != 0) {
                throw new IOException(command.getFirst() + " ended with " + code + ": "
                        + text.substring(0, Math.min(300, text.length())).strip());
            }
            return text;
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    /** Processor seconds that commands use, run one after the other; their children's included. */
    public static double cpuOf(List<List<String>> commands) throws IOException, InterruptedException {
        double before = ofMyChildren();
        for (List<String> command : commands) {
            run(command);
        }
        return ofMyChildren() - before;
    }

    /** Seconds until the last of some commands has ended, run side by side. */
    public static double wallOf(List<List<String>> commands) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Process> processes = new ArrayList<>();
        for (List<String> command : commands) {
            processes.add(start(command, null));
        }
        boolean fine = true;
        for (Process process : processes) {
            fine &= process.waitFor() == 0;
        }
        if (!fine) {
            throw new IOException(commands.getFirst().getFirst() + " did not succeed");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Processor seconds used so far by one process itself; 0 if it is gone. */
    static double ofProcess(long pid) {
        return statOf(Long.toString(pid), 0, 2);
    }

    /** Processor seconds of this program's children that have ended. */
    private static double ofMyChildren() {
        return statOf("self", 2, 4);
    }

    /** The sum of some of user, system, children's user and children's system time; 0 of a process that is gone. */
    private static double statOf(String pid, int from, int to) {
        try {
            return seconds(Files.readString(Path.of("/proc", pid, "stat")), from, to);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The same from the text of a process's {@code stat}: the fields behind its name, which may hold anything. */
    static double seconds(String stat, int from, int to) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = 0;
        for (int i = from; i < to; i++) {
            ticks += Long.parseLong(fields[11 + i]);
        }
        return ticks / TICKS;
    }

    /** Starts a command in the background; what it prints is thrown away or written to a file. */
    static Process start(List<String> command, Path printed) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(
                printed == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(printed.toFile()));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
