package org.millrace.api.backup;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells now and then how far the copying is. */
final class Progress {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final PrintStream out;
    private final long total;
    private long done;
    private long told = System.nanoTime();

    Progress(PrintStream out, long total) {
        this.out = out;
        this.total = total;
    }

    /** Counts what was copied. */
    void add(long bytes) {
        done += bytes;
        long now = System.nanoTime();
        if (now - told > EVERY.toNanos()) {
            told = now;
            out.println("  " + amount(done) + " of " + amount(total));
        }
    }

    /** A number of bytes for people. */
    static String amount(long bytes) {
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
