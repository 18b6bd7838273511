package millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import millrace.bench.Attempts.Attempt;

/** Processor time of the product's work on a file and of bare commands that do the same, in turns. */
final class LadderTrial implements Trial {

    private static final double IDLE_SECONDS = 5;

    private final Map<Row, List<Double>> ours = new EnumMap<>(Row.class);
    private final Map<Row, List<Double>> references = new EnumMap<>(Row.class);
    private final List<Double> leads = new ArrayList<>();
    private final List<Double> wholes = new ArrayList<>();

    @Override
    public Set<Row> rows() {
        return Set.of(Row.LADDER, Row.LADDER_SPLIT, Row.LADDER_PEERTUBE, Row.LADDER_MEDIACMS, Row.WHOLE_JOB);
    }

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        int seconds = setting.quick() ? 6 : 20;
        Path source = setting.sources().camera(seconds);
        List<Path> raw = wanted.contains(Row.LADDER) ? raw(setting, source) : List.of();
        try (OwnProduct product = setting.product();
                TreeMeter meter = product.meter()) {
            warmUp(setting, product);
            double idle = idleRate(meter);
            for (int round = 0; round < setting.expensiveRounds(); round++) {
                job(product, meter, source, idle, wanted);
                for (Row row : wanted) {
                    Path folder = setting.folder("reference");
                    note(references, row, Runs.cpuOf(reference(row, source, raw, folder)));
                    Folders.remove(folder);
                }
            }
        }
        // Raw pictures are large.
        for (Path file : raw) {
            Files.delete(file);
        }
        List<Figure> figures = new ArrayList<>();
        for (Row row : wanted) {
            String lead = String.format(
                    Locale.ROOT,
                    "; the start rendition's lead, %.1f %% of the ladder, is ",
                    100 * Statistics.median(leads));
            lead += row == Row.WHOLE_JOB
                    ? "left out, with it " + row.told(Statistics.ratio(wholes, references.get(row)))
                    : "included";
            figures.add(Figure.of(
                    row,
                    Statistics.ratio(ours.get(row), references.get(row)),
                    String.format(
                            Locale.ROOT,
                            "%s of 1080p, %d rounds: %.1f s to %.1f s%s",
                            Setting.length(seconds),
                            ours.get(row).size(),
                            Statistics.median(ours.get(row)),
                            Statistics.median(references.get(row)),
                            lead)));
        }
        return figures;
    }

    private static List<List<String>> reference(Row row, Path source, List<Path> raw, Path folder) {
        return switch (row) {
            case LADDER -> encoders(raw, folder);
            case LADDER_SPLIT -> List.of(Commands.split(source, folder));
            case LADDER_PEERTUBE -> Commands.peerTube(source, folder);
            case LADDER_MEDIACMS -> Commands.mediaCms(source, folder);
            default -> List.of(Commands.cascade(source, folder));
        };
    }

    private static List<List<String>> encoders(List<Path> raw, Path folder) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            commands.add(Commands.encodeOnly(raw.get(i), Commands.LADDER.get(i), folder.resolve(i + ".mp4")));
        }
        return commands;
    }

    private static List<Path> raw(Setting setting, Path source) throws IOException, InterruptedException {
        Path folder = setting.folder("raw");
        List<Path> raw = new ArrayList<>();
        for (Commands.Size size : Commands.LADDER) {
            Path file = folder.resolve(size.height() + ".y4m");
            Runs.run(Commands.raw(source, size, file));
            raw.add(file);
        }
        return raw;
    }

    /** The first video pays for what a server does once in its life. */
    private static void warmUp(Setting setting, OwnProduct product) throws IOException, InterruptedException {
        Path clip = setting.sources().small(3);
        for (int i = 0; i < (setting.quick() ? 1 : 3); i++) {
            String id = OwnProduct.id(product.upload(clip));
            product.awaitReady(id);
            product.drop(id);
        }
    }

    /** Processor seconds that the waiting product uses in a second. */
    private static double idleRate(TreeMeter meter) throws InterruptedException {
        double before = meter.own();
        long start = System.nanoTime();
        Thread.sleep((long) (1000 * IDLE_SECONDS));
        return (meter.own() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private void job(OwnProduct product, TreeMeter meter, Path source, double idle, Set<Row> wanted)
            throws IOException, InterruptedException {
        double own = meter.own();
        double below = meter.below();
        long start = System.nanoTime();
        String id = OwnProduct.id(product.upload(source));
        product.awaitReady(id);
        double service = meter.own() - own - idle * (System.nanoTime() - start) / 1e9;
        List<Attempt> attempts = product.attempts(id);
        // The meter misses last moments, the product whatever it does not count: the larger is nearer to the truth.
        double whole = service + Math.max(meter.below() - below, Attempts.cpu(attempts, attempt -> true));
        double ladder = Attempts.cpu(attempts, Attempts::isLadder);
        double lead = Attempts.cpu(attempts, Attempt::isLead);
        leads.add(lead / ladder);
        wholes.add(whole);
        wanted.forEach(row -> note(ours, row, row == Row.WHOLE_JOB ? whole - lead : ladder));
        product.drop(id);
    }

    private static void note(Map<Row, List<Double>> values, Row row, double value) {
        values.computeIfAbsent(row, unused -> new ArrayList<>()).add(value);
    }
}
