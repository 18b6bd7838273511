package millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import millrace.product.Http;

/** How soon after the last byte of an upload the video's page shows a frame in a browser that is open already. */
final class FirstFrameTrial implements Trial {

    /** Notes when the first frame of the page's video was painted, in milliseconds since 1970. */
    private static final String WATCH = """
            window.firstFrame = null;
            const watched = new WeakSet();
            setInterval(() => {
              const video = document.querySelector('video');
              if (video && !watched.has(video)) {
                watched.add(video);
                video.muted = true;
                video.requestVideoFrameCallback(painted => {
                  window.firstFrame = window.firstFrame ?? performance.timeOrigin + painted;
                });
              }
            }, 5);
            """;

    @Override
    public Set<Row> rows() {
        return Set.of(Row.FRAME, Row.FRAME_LONG);
    }

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        Path program = Chromium.program().orElse(null);
        if (program == null) {
            return wanted.stream()
                    .map(row -> Figure.missing(row, "there is no Chromium: apt-get install chromium"))
                    .toList();
        }
        boolean quick = setting.quick();
        Path shortClip = setting.sources().camera(quick ? 6 : 20);
        Map<Row, Path> clips = new TreeMap<>();
        Map<Row, List<Double>> seconds = new TreeMap<>();
        for (Row row : wanted) {
            clips.put(
                    row, row == Row.FRAME ? shortClip : setting.sources().repeated(shortClip, quick ? 50 : 180));
            seconds.put(row, new ArrayList<>());
        }
        try (OwnProduct product = setting.product();
                Chromium chromium = Chromium.start(program, setting.folder("profile"))) {
            chromium.always(WATCH);
            product.use(setting.sources().small(3));
            // The first page pays for what a browser does once in its life.
            untilPainted(product, chromium, setting.sources().small(3));
            for (int round = 0; round < setting.rounds(); round++) {
                for (Row row : clips.keySet()) {
                    seconds.get(row).add(untilPainted(product, chromium, clips.get(row)));
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
                        row == Row.FRAME ? quick ? "6 s" : "20 s" : quick ? "5 min" : "1 h",
                        values.size(),
                        100 * Statistics.spread(values)))));
        return figures;
    }

    private static double untilPainted(OwnProduct product, Chromium chromium, Path file)
            throws IOException, InterruptedException {
        Http.Upload upload = product.upload(file);
        String id = OwnProduct.id(upload);
        try {
            chromium.open(product.address().resolve("/watch/" + id));
            double painted = chromium.number("window.firstFrame");
            double lastByte = System.currentTimeMillis() - (System.nanoTime() - upload.lastByte()) / 1e6;
            return (painted - lastByte) / 1000;
        } finally {
            product.drop(id);
        }
    }
}
