package millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures the product: {@code java millrace.bench.Bench JAR [--quick] [--only ROW,…] [--json FILE]}. Progress goes to
 * standard error, the table to standard output. Exit code 0: everything that was asked for was measured, whether goals are
 * met or not; 1: some of it was not; 2: nothing could be done.
 */
public final class Bench {

    private static final List<Trial> TRIALS = List.of(
            new LadderTrial(),
            new ChunkTrial(),
            new WorkersTrial(),
            new SizingTrial(),
            new FirstSegmentTrial(),
            new FirstFrameTrial(),
            new LongVideoTrial(),
            new IngestTrial(),
            new OverheadTrial());

    private Bench() {}

    /** All that can be measured. */
    static List<Trial> trials() {
        return TRIALS;
    }

    /**
     * What the command line asks for.
     *
     * @param jar the packaged product
     * @param quick whether short clips and few rounds do
     * @param rows what to measure
     * @param json where to write the figures for programs; null for nowhere
     */
    record Wish(Path jar, boolean quick, Set<Row> rows, Path json) {

        static Wish of(String... args) {
            if (args.length == 0) {
                throw new IllegalArgumentException("usage: java millrace.bench.Bench JAR [--quick] [--only ROW,…] [--json FILE]");
            }
            boolean quick = false;
            Set<Row> rows = EnumSet.allOf(Row.class);
            Path json = null;
            for (int i = 1; i < args.length; i++) {
                switch (args[i]) {
                    case "--quick" -> quick = true;
                    case "--only" -> rows = named(value(args, ++i));
                    case "--json" -> json = Path.of(value(args, ++i));
                    default -> throw new IllegalArgumentException("bench does not know \"" + args[i] + "\"");
                }
            }
            return new Wish(Path.of(args[0]), quick, rows, json);
        }

        private static String value(String[] args, int i) {
            if (i == args.length) {
                throw new IllegalArgumentException(args[i - 1] + " needs a value");
            }
            return args[i];
        }

        private static Set<Row> named(String list) {
            Set<Row> rows = EnumSet.noneOf(Row.class);
            for (String id : list.split(",")) {
                rows.add(Row.named(id.strip()));
            }
            return rows;
        }
    }

    /** Measures what the arguments ask for. */
    public static void main(String[] args) throws InterruptedException {
        try {
            System.exit(run(Wish.of(args)));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
    }

    private static int run(Wish wish) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("millrace-bench");
        Thread clean = new Thread(() -> remove(scratch));
        Runtime.getRuntime().addShutdownHook(clean);
        Path kept = Path.of(System.getProperty("java.io.tmpdir"), "millrace-bench-sources");
        Setting setting = new Setting(wish.jar(), scratch, new Sources(kept), wish.quick());
        List<Figure> figures = new ArrayList<>();
        for (Trial trial : TRIALS) {
            Set<Row> wanted = EnumSet.copyOf(trial.rows());
            wanted.retainAll(wish.rows());
            if (!wanted.isEmpty()) {
                figures.addAll(measured(trial, setting, wanted));
            }
        }
        figures.sort(Comparator.comparing(Figure::row));
        System.out.print(Table.markdown(figures));
        if (wish.json() != null) {
            Files.writeString(wish.json(), Table.json(machine(wish.quick()), figures));
        }
        return figures.stream().allMatch(figure -> figure.value().isPresent()) ? 0 : 1;
    }

    /** What cannot be measured costs its rows, not the others. */
    private static List<Figure> measured(Trial trial, Setting setting, Set<Row> wanted) throws InterruptedException {
        System.err.println("Measuring " + String.join(", ", wanted.stream().map(Row::id).toList()) + " ...");
        try {
            List<Figure> figures = trial.measure(setting, wanted);
            figures.forEach(figure -> System.err.println("  " + figure.row().id() + ": "
                    + (figure.value().isPresent() ? figure.row().told(figure.value().getAsDouble()) : "not measured")
                    + " (" + figure.note() + ")"));
            return figures;
        } catch (IOException | RuntimeException e) {
            System.err.println("  not measured: " + e);
            return wanted.stream().map(row -> Figure.missing(row, e.toString())).toList();
        }
    }

    private static Map<String, ?> machine(boolean quick) throws IOException, InterruptedException {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("ffmpeg", Runs.output(List.of("ffmpeg", "-version")).lines().findFirst().orElse(""));
        machine.put("java", Runtime.version().toString());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("quick", quick);
        return machine;
    }

    private static void remove(Path folder) {
        try {
            Folders.remove(folder);
        } catch (IOException e) {
            System.err.println("bench: " + folder + " could not be removed: " + e.getMessage());
        }
    }
}
