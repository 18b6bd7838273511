package millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What one more worker with one processor is worth: one file by one and by two, beside bare encoders so pinned. */
final class SizingTrial implements Trial {

    private static final int RATE = 30;

    @Override
    public Set<Row> rows() {
        return Set.of(Row.PINNED_ONE, Row.PINNED_TWO);
    }

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (Row row : List.of(Row.PINNED_ONE, Row.PINNED_TWO)) {
            if (wanted.contains(row)) {
                figures.add(measure(setting, row, row == Row.PINNED_ONE ? 1 : 2));
            }
        }
        return figures;
    }

    private static Figure measure(Setting setting, Row row, int workers) throws IOException, InterruptedException {
        if (PinnedWorkers.brokerProgram() == null) {
            return Figure.missing(row, "workers of their own need rabbitmq-server, which is not installed");
        }
        if (Runtime.getRuntime().availableProcessors() < workers) {
            return Figure.missing(row, "this machine has fewer processors than workers");
        }
        int seconds = setting.quick() ? 12 : 60;
        Path source = setting.sources().camera(seconds);
        List<Double> ours = new ArrayList<>();
        List<Double> references = new ArrayList<>();
        try (PinnedWorkers pinned = PinnedWorkers.start(setting, workers)) {
            OwnProduct api = pinned.api();
            api.use(setting.sources().small(3));
            for (int round = 0; round < setting.expensiveRounds(); round++) {
                String id = OwnProduct.id(api.upload(source));
                api.awaitReady(id);
                ours.add(Attempts.wall(api.attempts(id), Attempts::isLadder));
                api.drop(id);
                references.add(bare(setting, source, (long) seconds * RATE, workers));
            }
        }
        double median = Statistics.median(ours);
        String note = String.format(
                Locale.ROOT,
                "%s of 1080p in %.1f s, which is %.2f × real time; sound, API and broker included",
                Setting.length(seconds),
                median,
                seconds / median);
        return Figure.of(row, Statistics.ratio(references, ours), note);
    }

    private static double bare(Setting setting, Path source, long frames, int workers)
            throws IOException, InterruptedException {
        Path folder = setting.folder("bare");
        List<List<String>> commands = new ArrayList<>();
        for (int part = 0; part < workers; part++) {
            long to = part + 1 == workers ? -1 : frames * (part + 1) / workers;
            commands.add(Commands.pinned(part, Commands.chunk(source, frames * part / workers, to, 1, folder)));
        }
        double seconds = Runs.wallOf(commands);
        Folders.remove(folder);
        return seconds;
    }
}
