package org.millrace.standalone.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.millrace.standalone.testbed.Ports;
import org.millrace.standalone.testbed.Program;

/** A place at which a program runs, again and again: whatever ended it, the next one has its port and its data. */
public final class Post {

    private static final Duration START = Duration.ofSeconds(120);
    private static final int KILLED = 128 + 9;

    private final String name;
    private final Path folder;
    private final Supplier<Program.Builder> what;
    private final int port = Ports.free();
    private final List<ProcessHandle> past = new ArrayList<>();
    private volatile Program program;

    Post(String name, Path folder, Supplier<Program.Builder> what) {
        this.name = name;
        this.folder = folder;
        this.what = what;
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The program that runs here now. */
    public Program program() {
        return program;
    }

    /** Starts the next program here; does not wait for it. */
    public void start() {
        start(builder -> builder);
    }

    /** The same with other settings, for this one only. */
    public void start(UnaryOperator<Program.Builder> otherwise) {
        program = otherwise.apply(what.get().at(port)).start(folder);
    }

    /** Waits until it is ready. */
    public void awaitReady() {
        program.awaitHealth("ready");
    }

    /** Waits until it lives; what it needs may be away. */
    public void awaitLive() {
        program.awaitHealth("live");
    }

    /** Ends it as a power cut would and sees that it has ended so. */
    public void kill() {
        remember();
        program.kill();
        if (program.exitCode() != KILLED) {
            throw new AssertionError(name + " was killed and yet ended with " + program.exitCode());
        }
    }

    /** Asks it to end and waits for that. */
    public void stop() {
        remember();
        program.close();
    }

    /** Whether it has a process at work, an encoder for example. */
    public boolean isAtWork() {
        return program.handle().descendants().findAny().isPresent();
    }

    /** Processes of programs that have ended here which live on. */
    List<ProcessHandle> orphans() {
        Hold.until(START, () -> past.stream().noneMatch(ProcessHandle::isAlive));
        return past.stream().filter(ProcessHandle::isAlive).toList();
    }

    private void remember() {
        program.handle().descendants().forEach(past::add);
    }
}
