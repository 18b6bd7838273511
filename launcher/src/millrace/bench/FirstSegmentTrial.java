package millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import millrace.product.Hls;
import millrace.product.Http;

/** How soon after its last byte a file can be played. */
final class FirstSegmentTrial implements Trial {

    /** Asking takes the processor from what is waited for; half of this is in every figure. */
    private static final long POLL_MS = 50;

    private static final long GIVE_UP_NS = 120_000_000_000L;

    @Override
    public Set<Row> rows() {
        return Set.of(Row.SEGMENT, Row.SEGMENT_LONG, Row.SEGMENT_LONGEST, Row.SEGMENT_COPY, Row.SEGMENT_4K);
    }

    /** What is uploaded for each row. */
    private record Clip(Path file, String note) {}

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        Map<Row, Clip> clips = new TreeMap<>();
        for (Row row : wanted) {
            clips.put(row, clip(setting, row));
        }
        Map<Row, List<Double>> seconds = new EnumMap<>(Row.class);
        try (OwnProduct product = setting.product()) {
            product.use(setting.sources().small(3));
            for (int round = 0; round < setting.rounds(); round++) {
                for (Row row : clips.keySet()) {
                    seconds.computeIfAbsent(row, unused -> new ArrayList<>())
                            .add(untilPlayable(product, clips.get(row).file()));
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        seconds.forEach((row, values) -> figures.add(Figure.of(
                row,
                Statistics.median(values),
                String.format(
                        Locale.ROOT,
                        "%s; %d uploads, spread %.0f %%",
                        clips.get(row).note(),
                        values.size(),
                        100 * Statistics.spread(values)))));
        return figures;
    }

    private static Clip clip(Setting setting, Row row) throws IOException, InterruptedException {
        Sources sources = setting.sources();
        boolean quick = setting.quick();
        return switch (row) {
            case SEGMENT -> shortOne(setting);
            case SEGMENT_LONG -> longOne(setting);
            case SEGMENT_LONGEST ->
                new Clip(sources.repeated(shortOne(setting).file(), quick ? 50 : 180), quick ? "5 min" : "1 h");
            case SEGMENT_COPY -> new Clip(sources.playable(quick ? 6 : 20), quick ? "6 s" : "20 s");
            default -> new Clip(sources.large(6), "6 s at 46 Mbit/s");
        };
    }

    private static Clip shortOne(Setting setting) throws IOException, InterruptedException {
        int seconds = setting.quick() ? 6 : 20;
        return new Clip(setting.sources().camera(seconds), Setting.length(seconds));
    }

    private static Clip longOne(Setting setting) throws IOException, InterruptedException {
        boolean quick = setting.quick();
        return new Clip(
                setting.sources().repeated(shortOne(setting).file(), quick ? 10 : 30), quick ? "1 min" : "10 min");
    }

    private static double untilPlayable(OwnProduct product, Path file) throws IOException, InterruptedException {
        Http.Upload upload = product.upload(file);
        String id = OwnProduct.id(upload);
        Hls player = new Hls(product.http());
        try {
            while (true) {
                Map<?, ?> video = product.video(id);
                if (video.get("media") instanceof Map<?, ?> media
                        && media.get("hls") instanceof String hls
                        && plays(player, hls)) {
                    return (System.nanoTime() - upload.lastByte()) / 1e9;
                }
                if (System.nanoTime() - upload.lastByte() > GIVE_UP_NS) {
                    throw new IOException(file.getFileName() + " is not playable after two minutes: " + video);
                }
                Thread.sleep(POLL_MS);
            }
        } finally {
            product.drop(id);
        }
    }

    private static boolean plays(Hls player, String hls) throws InterruptedException {
        try {
            player.begin(hls);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
