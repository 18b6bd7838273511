package millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What it costs to encode a file in chunks, and whether the same frames come out. */
final class ChunkTrial implements Trial {

    private static final int RATE = 30;

    @Override
    public Set<Row> rows() {
        return Set.of(Row.CHUNKED);
    }

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        int chunk = setting.quick() ? 4 : 20;
        int chunks = setting.quick() ? 2 : 3;
        // What divides by the number of scenes is as long as it is asked to be, to the frame.
        int seconds = chunk * chunks + (setting.quick() ? 4 : 0);
        Path source = setting.sources().camera(seconds);
        List<Double> ours = new ArrayList<>();
        List<Double> references = new ArrayList<>();
        boolean same = true;
        for (int round = 0; round < setting.expensiveRounds(); round++) {
            Path folder = setting.folder("chunks");
            Path straight = setting.folder("straight");
            List<Long> starts = new ArrayList<>();
            List<List<String>> commands = new ArrayList<>();
            for (int i = 0; i < chunks; i++) {
                long from = (long) i * chunk * RATE;
                starts.add(from);
                commands.add(Commands.chunk(source, from, i == chunks - 1 ? -1 : from + chunk * RATE, 1, folder));
            }
            ours.add(Runs.cpuOf(commands));
            references.add(Runs.cpuOf(List.of(Commands.chunk(source, 0, -1, 1, straight))));
            for (Commands.Size size : Commands.LADDER) {
                same &= times(folder, size, starts).equals(times(straight, size, List.of(0L)));
            }
            Folders.remove(folder);
            Folders.remove(straight);
        }
        if (!same) {
            return List.of(Figure.missing(Row.CHUNKED, "frames or time stamps of the chunks differ from those of the whole"));
        }
        String note = String.format(
                Locale.ROOT, "%d s in chunks of %d s; frames and time stamps of all sizes equal", seconds, chunk);
        return List.of(Figure.of(Row.CHUNKED, Statistics.ratio(ours, references), note));
    }

    private static List<Long> times(Path folder, Commands.Size size, List<Long> starts)
            throws IOException, InterruptedException {
        List<Long> times = new ArrayList<>();
        for (long start : starts) {
            Runs.output(Commands.timestamps(Commands.chunkFile(folder, size, start)))
                    .lines()
                    .map(line -> line.replace(",", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(Long::valueOf)
                    .forEach(times::add);
        }
        return times.stream().sorted().toList();
    }
}
