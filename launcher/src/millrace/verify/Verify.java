package millrace.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import millrace.product.Http;
import millrace.product.Json;

/**
 * Has a running product read every object of every finished video and compare it with its hash, and prints what it finds
 * as it is found: {@code java millrace.verify.Verify URL [--deep]}. Exit code 0: every video is whole; 1: some are not; 2:
 * the product cannot be asked, or did not answer to the end.
 */
public final class Verify {

    private int videos;
    private int wrong;
    private long objects;
    private long bytes;

    private Verify() {}

    /** Verifies the library of the product that the arguments name. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 1 || args.length > 2 || args.length == 2 && !args[1].equals("--deep")) {
            System.err.println("usage: java millrace.verify.Verify URL [--deep]");
            System.exit(2);
        }
        try {
            System.exit(new Verify().run(new Http(URI.create(args[0])), args.length == 2));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            System.err.println("verify: this is not the whole library: " + reason);
            System.exit(2);
        }
    }

    private int run(Http http, boolean deep) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Stream<String> lines = http.lines("/api/v1/verify?deep=" + deep)) {
            for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                String line = each.next();
                if (!line.isBlank()) {
                    tell(line);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d of %d videos whole; %d objects, %.1f MB, read%s in %.1f s%n",
                videos - wrong,
                videos,
                objects,
                bytes / 1e6,
                deep ? " and decoded" : "",
                (System.nanoTime() - start) / 1e9);
        return wrong == 0 ? 0 : 1;
    }

    private void tell(String line) throws IOException {
        if (!(Json.parse(line) instanceof Map<?, ?> video)
                || !(video.get("whole") instanceof Boolean whole)
                || !(video.get("objects") instanceof Number count)
                || !(video.get("bytes") instanceof Number size)) {
            throw new IOException("the product answered \"" + printable(line) + "\"");
        }
        List<String> faults = new ArrayList<>();
        if (video.get("faults") instanceof List<?> list) {
            list.forEach(fault -> faults.add(printable(String.valueOf(fault))));
        }
        videos++;
        objects += count.longValue();
        bytes += size.longValue();
        String name = printable(video.get("title") + " (" + video.get("video") + ")");
        if (whole) {
            System.out.printf(
                    Locale.ROOT, "ok     %s: %d objects, %.1f MB%n", name, count.longValue(), size.longValue() / 1e6);
        } else {
            wrong++;
            System.out.println("WRONG  " + name + ": " + String.join(" ", faults));
        }
    }

    /** A text without what would steer a terminal: titles come from strangers. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
