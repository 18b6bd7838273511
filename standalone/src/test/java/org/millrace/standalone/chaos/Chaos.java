package org.millrace.standalone.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.millrace.standalone.testbed.Folders;

/**
 * The long fault suite, {@code ./millrace chaos}: installations of real programs, faults from outside, and a table of what
 * has become of the videos. Ends with 0 if every promise was kept and every fault happened, 1 if not, 2 if it could not
 * be done.
 */
public final class Chaos {

    private static final int BROKEN = 1;
    private static final int UNABLE = 2;

    private final PrintStream out;

    private Chaos(PrintStream out) {
        this.out = out;
    }

    /** Does what the arguments say, see {@link Options#USAGE}. */
    public static void main(String[] arguments) throws IOException {
        Options options;
        try {
            options = Options.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("millrace: " + e.getMessage());
            System.exit(UNABLE);
            return;
        }
        System.exit(new Chaos(System.out).run(options));
    }

    private int run(Options options) throws IOException {
        out.println("Seed " + options.seed() + ": --seed " + options.seed() + " throws the same dice again.");
        List<Verdict> verdicts = new ArrayList<>();
        for (Scenario scenario : options.scenarios()) {
            for (Shape shape : options.shapes()) {
                if (scenario != Scenario.BROKER_KILLS && scenario != Scenario.BACKLOG || shape.hasBroker()) {
                    verdicts.add(run(scenario, shape, options));
                }
            }
        }
        Report report = new Report(verdicts);
        out.print(report.text());
        if (options.json().isPresent()) {
            Files.writeString(
                    options.json().get(),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(verdicts));
        }
        return report.isGood() ? 0 : BROKEN;
    }

    private Verdict run(Scenario scenario, Shape shape, Options options) throws IOException {
        int size = options.size().orElse(scenario.usual());
        String much = scenario == Scenario.MIXED ? options.time().toMinutes() + " min" : size + " " + scenario.unit();
        say("%s, %s: %s".formatted(scenario.word(), shape.word(), much));
        Path folder = Files.createTempDirectory("millrace-chaos");
        try {
            Verdict verdict = new Run(scenario, shape, size, options.time(), options.seed(), this::say).in(folder);
            say(verdict.complaints().isEmpty() ? "kept" : "BROKEN: " + verdict.complaints());
            if (verdict.complaints().isEmpty()) {
                Folders.delete(folder);
            } else {
                say("logs and data stay in " + folder);
            }
            return verdict;
        } catch (AssertionError | RuntimeException e) {
            say("logs and data stay in " + folder);
            return Verdict.ofBroken(scenario.word(), shape.word(), options.seed(), e);
        }
    }

    private void say(String line) {
        out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line);
    }
}
