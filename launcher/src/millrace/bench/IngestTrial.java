package millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast an upload is taken, until it is acknowledged and so durable, and what memory it takes. */
final class IngestTrial implements Trial {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    @Override
    public Set<Row> rows() {
        return Set.of(Row.INGEST, Row.HEAP);
    }

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        int wantedBytes = setting.quick() ? 200_000_000 : 1_000_000_000;
        Path clip = setting.sources().camera(setting.quick() ? 6 : 20);
        Path file = setting.sources().repeated(clip, (int) (wantedBytes / Files.size(clip)) + 1);
        String size = String.format(Locale.ROOT, "%.0f MB", Files.size(file) / 1e6);
        List<Figure> figures = new ArrayList<>();
        try (OwnProduct product = setting.product()) {
            RawUpload sender = new RawUpload(product);
            // A server that has just been started compiles its own code meanwhile.
            product.drop(sender.send(clip, () -> {}).id());
            product.drop(sender.send(file, () -> {}).id());
            if (wanted.contains(Row.INGEST)) {
                List<Double> ours = new ArrayList<>();
                List<Double> references = new ArrayList<>();
                for (int round = 0; round < setting.rounds(); round++) {
                    RawUpload.Sent sent = sender.send(file, () -> {});
                    product.drop(sent.id());
                    ours.add(sent.seconds());
                    Path plain = product.home().resolve("plain");
                    references.add(Runs.wallOf(List.of(Commands.plainWrite(file, plain))));
                    Files.delete(plain);
                }
                double bytes = Files.size(file);
                String note = String.format(
                        Locale.ROOT,
                        "%s by tus, %.2f to %.2f GB/s",
                        size,
                        bytes / Statistics.median(ours) / 1e9,
                        bytes / Statistics.median(references) / 1e9);
                figures.add(Figure.of(Row.INGEST, Statistics.ratio(references, ours), note));
            }
            if (wanted.contains(Row.HEAP)) {
                long before = liveHeap(product);
                long[] within = new long[1];
                RawUpload.Sent sent = sender.send(file, () -> within[0] = liveHeap(product));
                product.drop(sent.id());
                String note = size + ", looked at after nine tenths; " + before / 1_000_000 + " MB before";
                figures.add(Figure.of(Row.HEAP, Math.max(0, within[0] - before) / 1e6, note));
            }
        }
        return figures;
    }

    /** Bytes that are alive: the histogram collects the garbage first. */
    private static long liveHeap(OwnProduct product) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Matcher total =
                TOTAL.matcher(Runs.output(List.of(jcmd, Long.toString(product.pid()), "GC.class_histogram")));
        if (!total.find()) {
            throw new IOException("jcmd does not tell the heap");
        }
        return Long.parseLong(total.group(1));
    }
}
