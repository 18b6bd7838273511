package millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether one file goes as fast through two single-threaded slots as through two encoders run by hand, each with a half. */
final class WorkersTrial implements Trial {

    private static final int RATE = 30;

    @Override
    public Set<Row> rows() {
        return Set.of(Row.TWO_WORKERS);
    }

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        if (processors != 2) {
            return List.of(Figure.missing(
                    Row.TWO_WORKERS,
                    "the slots' threads follow the processors: this row needs a machine with 2, here are " + processors
                            + " (taskset -c 0,1 ./millrace bench makes them 2)"));
        }
        int seconds = setting.quick() ? 12 : 60;
        Path source = setting.sources().camera(seconds);
        List<Double> ours = new ArrayList<>();
        List<Double> references = new ArrayList<>();
        try (OwnProduct product = setting.product("millrace.worker.slots=2")) {
            for (int round = 0; round < setting.expensiveRounds(); round++) {
                String id = OwnProduct.id(product.upload(source));
                product.awaitReady(id);
                ours.add(Attempts.wall(product.attempts(id), Attempts::isLadder));
                product.drop(id);
                Path folder = setting.folder("halves");
                long half = (long) seconds * RATE / 2;
                references.add(Runs.wallOf(List.of(
                        Commands.pinned(0, Commands.chunk(source, 0, half, 1, folder)),
                        Commands.pinned(1, Commands.chunk(source, half, -1, 1, folder)))));
                Folders.remove(folder);
            }
        }
        String note = Setting.length(seconds) + " of 1080p, from the first start of a chunk to the last end, sound included";
        return List.of(Figure.of(Row.TWO_WORKERS, Statistics.ratio(references, ours), note));
    }
}
