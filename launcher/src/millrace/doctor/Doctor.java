package millrace.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at an installation through the address that people use: {@code java millrace.doctor.Doctor URL}. Prints a table of
 * what it found and how to mend it. Exit code 0: nothing is wrong; 1: something is; 2: nothing answers at that address.
 */
public final class Doctor {

    private Doctor() {}

    /** A check, which finds at least one thing. */
    @FunctionalInterface
    private interface Check {
        List<Finding> look() throws IOException, InterruptedException;
    }

    /** Looks at the installation that the argument names. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: java millrace.doctor.Doctor URL");
            System.exit(2);
        }
        Wire wire = new Wire(URI.create(args[0]));
        try {
            wire.get("/api/v1/videos?size=1");
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("doctor: nothing answers at " + args[0] + " (" + e + ")");
            System.exit(2);
        }
        Events events = new Events(wire);
        CompletableFuture<String> heard = events.listen();
        List<Finding> all = new ArrayList<>();
        run("health", new Installation(wire)::look, all);
        run("upload", new Uploading(wire)::look, all);
        run("direct", new Direct(wire)::look, all);
        run("playback", new Playing(wire)::look, all);
        run("events", () -> List.of(events.judge(heard)), all);
        long wrong =
                all.stream().filter(it -> it.level() == Finding.Level.WRONG).count();
        System.out.println(wrong == 0 ? "nothing is wrong" : wrong + " of " + all.size() + " are wrong");
        // Not by returning: the stream of events is still open.
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static void run(String area, Check check, List<Finding> all) throws InterruptedException {
        List<Finding> found;
        try {
            found = check.look();
        } catch (IOException e) {
            found = List.of(Finding.wrong(area, "the check broke off: " + e, "the line says where; look at the API's log"));
        }
        found.forEach(finding -> System.out.println(finding.row()));
        all.addAll(found);
    }
}
