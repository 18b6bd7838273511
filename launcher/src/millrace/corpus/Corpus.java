package millrace.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import millrace.product.Http;

/**
 * Runs a folder of media files through a running product and compares what becomes of each with what its manifest
 * expects: {@code java millrace.corpus.Corpus DIR URL [DOCUMENT]}. One file at a time, so that the time of a row is its
 * own. With a document, what became of each file is written into it as a table.
 *
 * <p>MANIFEST.tsv has a header line; the columns {@code file}, {@code sha256}, {@code duration}, {@code expect} and
 * {@code expected_duration} are used, and if they are there {@code has_video} and {@code has_audio}; the table shows
 * {@code container}, {@code vcodec}, {@code pix_fmt}, {@code acodec}, {@code WxH} and {@code quirk} too. {@code expect} is
 * {@code convert}, {@code convert-partial}, {@code reject} or {@code reject-or-audio} (anything after the first word is a
 * remark). Exit code 0: every row is as expected; 1: some are not; 2: the folder, the document or the product cannot be
 * used.
 */
public final class Corpus {

    private final Trial trial;
    private final Judge judge;

    private Corpus(Http http) {
        trial = new Trial(http);
        judge = new Judge(http);
    }

    /** Runs the folder that the arguments name. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 2 || args.length > 3) {
            System.err.println("usage: java millrace.corpus.Corpus DIR URL [DOCUMENT]");
            System.exit(2);
        }
        try {
            FormatsTable table = args.length == 3 ? new FormatsTable(Path.of(args[2])) : null;
            System.exit(new Corpus(new Http(URI.create(args[1]))).run(Path.of(args[0]), table));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            System.err.println("corpus: " + e.getMessage());
            System.exit(2);
        }
    }

    private int run(Path folder, FormatsTable table) throws IOException, InterruptedException {
        List<Row> rows = Row.read(folder.resolve("MANIFEST.tsv"));
        int width = rows.stream().mapToInt(row -> row.file().length()).max().orElse(4);
        String line = "%-" + width + "s  %-15s  %-20s  %9s  %7s  %s%n";
        System.out.printf(line, "file", "expectation", "result", "duration", "seconds", "verdict");
        int wrong = 0;
        for (Row row : rows) {
            Result result = trial.of(row, folder.resolve(row.file()));
            List<String> complaints = judge.complaints(row, result);
            wrong += complaints.isEmpty() ? 0 : 1;
            System.out.printf(
                    Locale.ROOT,
                    line,
                    row.file(),
                    row.expect(),
                    result.label(),
                    result.duration().isPresent()
                            ? String.format(Locale.ROOT, "%.3f", result.duration().getAsDouble())
                            : "-",
                    String.format(Locale.ROOT, "%.1f", result.seconds()),
                    complaints.isEmpty() ? "as expected" : "NOT AS EXPECTED: " + String.join("; ", complaints));
            if (table != null) {
                table.add(row, result, complaints);
            }
        }
        if (table != null) {
            table.write();
        }
        System.out.printf("%d as expected, %d not%n", rows.size() - wrong, wrong);
        return wrong == 0 && !rows.isEmpty() ? 0 : 1;
    }
}
