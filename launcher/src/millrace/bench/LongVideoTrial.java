package millrace.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import millrace.bench.Attempts.Attempt;
import millrace.product.Hls;

/** What a finished long video costs to open, to serve and to make pictures of. */
final class LongVideoTrial implements Trial {

    private static final String OPENED = """
            new Promise(done => {
              const video = document.createElement('video');
              const begun = performance.now();
              video.preload = 'metadata';
              video.onloadedmetadata = () => done((performance.now() - begun) / 1000);
              video.onerror = () => done('error');
              video.src = '%s';
            })""";

    @Override
    public Set<Row> rows() {
        return Set.of(Row.METADATA, Row.PICTURES, Row.SERVING, Row.SERVING_SMALL);
    }

    @Override
    public List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException {
        int seconds = setting.quick() ? 600 : 3600;
        Path clip = setting.sources().repeated(setting.sources().tiny(60), seconds / 60);
        List<Figure> figures = new ArrayList<>();
        try (OwnProduct product = setting.product()) {
            String id = OwnProduct.id(product.upload(clip));
            product.awaitReady(id);
            URI rendition = rendition(product, id);
            if (wanted.contains(Row.METADATA)) {
                figures.add(metadata(setting, product, rendition, seconds));
            }
            if (wanted.contains(Row.PICTURES)) {
                figures.add(pictures(setting, product.attempts(id), seconds));
            }
            if (wanted.contains(Row.SERVING) || wanted.contains(Row.SERVING_SMALL)) {
                Path copy = setting.folder("served").resolve("rendition.mp4");
                try (InputStream in = rendition.toURL().openStream()) {
                    Files.copy(in, copy);
                }
                figures.addAll(new Serving(setting).compare(rendition, copy, wanted));
            }
            product.drop(id);
        }
        return figures;
    }

    private static URI rendition(OwnProduct product, String id) throws IOException, InterruptedException {
        Hls player = new Hls(product.http());
        Map<?, ?> media = (Map<?, ?>) product.video(id).get("media");
        URI variant = player.tracks((String) media.get("hls")).variants().getFirst();
        return player.playlist(variant).segments().getFirst().uri();
    }

    private static Figure metadata(Setting setting, OwnProduct product, URI rendition, int seconds)
            throws IOException, InterruptedException {
        Path program = Chromium.program().orElse(null);
        if (program == null) {
            return Figure.missing(Row.METADATA, "there is no Chromium: apt-get install chromium");
        }
        List<Double> values = new ArrayList<>();
        try (Chromium chromium = Chromium.start(program, setting.folder("profile"))) {
            chromium.open(product.address());
            for (int round = 0; round <= setting.rounds(); round++) {
                // Each time another address, so that nothing comes from a cache; the first starts the decoders.
                String address = rendition + "?round=" + round;
                if (!(chromium.value(String.format(Locale.ROOT, OPENED, address)) instanceof Number opened)) {
                    return Figure.missing(Row.METADATA, "the browser cannot open the rendition");
                }
                if (round > 0) {
                    values.add(opened.doubleValue());
                }
            }
        }
        return Figure.of(
                Row.METADATA, Statistics.median(values), "240p, " + Setting.length(seconds) + ", one file, global sidx");
    }

    /** The ladder of a long video is reckoned from a short one: an hour of it would take hours. */
    private static Figure pictures(Setting setting, List<Attempt> attempts, int seconds)
            throws IOException, InterruptedException {
        double pictures = Attempts.cpu(attempts, Attempts::isPicture);
        int sample = setting.quick() ? 6 : 20;
        Path folder = setting.folder("ladder");
        double ladder = Runs.cpuOf(List.of(Commands.cascade(setting.sources().camera(sample), folder)));
        Folders.remove(folder);
        String note = String.format(
                Locale.ROOT,
                "%s: %.2f s to %.0f s, reckoned from %d s of 1080p by the best bare command",
                Setting.length(seconds), pictures, ladder / sample * seconds, sample);
        return Figure.of(Row.PICTURES, pictures / (ladder / sample * seconds), note);
    }
}
