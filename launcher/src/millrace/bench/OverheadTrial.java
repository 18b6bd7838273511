package millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What lies between the end of a task and the start of the one that waits for it. */
final class OverheadTrial implements Trial {

    @Override
    public Set<Row> rows() {
        return Set.of(Row.OVERHEAD);
    }

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        Path clip = setting.sources().small(3);
        List<Double> gaps = new ArrayList<>();
        try (OwnProduct product = setting.product()) {
            product.use(clip);
            for (int round = 0; round < setting.rounds(); round++) {
                String id = OwnProduct.id(product.upload(clip));
                product.awaitReady(id);
                gaps.addAll(Attempts.gaps(product.attempts(id)));
                product.drop(id);
            }
        }
        String note = String.format(
                Locale.ROOT, "%d pairs of tasks in one process, spread %.0f %%", gaps.size(), 100 * Statistics.spread(gaps));
        return List.of(Figure.of(Row.OVERHEAD, Statistics.median(gaps), note));
    }
}
