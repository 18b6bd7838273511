package millrace.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is measured, against what, and what is aimed at. */
public enum Row {
    /** The encoders' own work is the least that these settings can take. */
    LADDER("ladder", "CPU of the ladder", "five encoders fed with raw pictures", Unit.RATIO, Aim.AT_MOST, 1.20),
    /** What everybody can do by hand. */
    LADDER_SPLIT("ladder-split", "CPU of the ladder", "one ffmpeg, five scalers side by side", Unit.RATIO, Aim.NONE, 0),
    /** A peer. */
    LADDER_PEERTUBE("ladder-peertube", "CPU of the ladder", "PeerTube's arguments", Unit.RATIO, Aim.NONE, 0),
    /** A peer. */
    LADDER_MEDIACMS("ladder-mediacms", "CPU of the ladder", "MediaCMS's arguments", Unit.RATIO, Aim.NONE, 0),
    /** Service, worker, every ffmpeg and verification, without the start rendition's lead. */
    WHOLE_JOB("whole-job", "CPU of the whole job", "the best bare command", Unit.RATIO, Aim.AT_MOST, 1.08),
    /** What cutting costs. */
    CHUNKED("chunked", "CPU of chunks", "the same command in one piece", Unit.RATIO, Aim.AT_MOST, 1.03),
    /** Whether one file speeds up with workers. */
    TWO_WORKERS(
            "two-workers",
            "speed of 2 single-threaded slots on one file",
            "2 bare single-threaded ffmpegs",
            Unit.RATIO,
            Aim.AT_LEAST,
            0.9),
    /** What a worker with one processor is worth. */
    PINNED_ONE(
            "pinned-worker",
            "speed of 1 worker process pinned to a processor on one file",
            "1 bare ffmpeg so pinned",
            Unit.RATIO,
            Aim.NONE,
            0),
    /** What another is worth. */
    PINNED_TWO(
            "pinned-workers",
            "speed of 2 worker processes pinned to a processor each on one file",
            "2 bare ffmpegs so pinned",
            Unit.RATIO,
            Aim.NONE,
            0),
    /** From the last byte. */
    SEGMENT("first-segment", "last byte to first segment, short 1080p", "", Unit.SECONDS, Aim.AT_MOST, 1.5),
    /** From the last byte. */
    SEGMENT_LONG("first-segment-long", "the same, long 1080p", "", Unit.SECONDS, Aim.AT_MOST, 1.5),
    /** From the last byte. */
    SEGMENT_LONGEST("first-segment-longest", "the same, very long 1080p", "", Unit.SECONDS, Aim.AT_MOST, 1.5),
    /** From the last byte. */
    SEGMENT_COPY("first-segment-copy", "the same, 1080p that browsers play", "", Unit.SECONDS, Aim.AT_MOST, 0.5),
    /** From the last byte. */
    SEGMENT_4K("first-segment-4k", "the same, 2160p", "", Unit.SECONDS, Aim.AT_MOST, 3),
    /** From the last byte. */
    FRAME("first-frame", "last byte to first frame in a browser, short 1080p", "", Unit.SECONDS, Aim.AT_MOST, 2),
    /** From the last byte. */
    FRAME_LONG("first-frame-long", "the same, long 1080p", "", Unit.SECONDS, Aim.AT_MOST, 2),
    /** Large answers. */
    SERVING("serving", "bytes/s of 1 MiB ranges", "nginx with sendfile", Unit.RATIO, Aim.AT_LEAST, 0.8),
    /** Small answers. */
    SERVING_SMALL("serving-small", "requests/s of 200 KB ranges", "nginx with sendfile", Unit.RATIO, Aim.AT_LEAST, 0.3),
    /** Hashing included. */
    INGEST("ingest", "bytes/s of an upload", "dd with fsync to the same disk", Unit.RATIO, Aim.AT_LEAST, 0.5),
    /** What an upload keeps in memory. */
    HEAP("heap", "growth of the live heap in an upload", "", Unit.MEGABYTES, Aim.AT_MOST, 16),
    /** Of the one file of a rendition. */
    METADATA("metadata", "metadata of a long rendition in Chromium", "", Unit.SECONDS, Aim.AT_MOST, 0.1),
    /** Poster, storyboard and moving preview. */
    PICTURES("pictures", "CPU of poster and storyboard of a long video", "its ladder", Unit.RATIO, Aim.AT_MOST, 0.01),
    /** From the end of a task to the start of the one that needs it. */
    OVERHEAD("overhead", "queue and ledger, per task", "", Unit.SECONDS, Aim.AT_MOST, 0.020);

    /** What a figure is counted in. */
    public enum Unit {
        /** How many times the reference. */
        RATIO("×", "%.3f ×"),
        /** Seconds. */
        SECONDS("s", "%.3f s"),
        /** Millions of bytes. */
        MEGABYTES("MB", "%.1f MB");

        private final String word;
        private final String format;

        Unit(String word, String format) {
            this.word = word;
            this.format = format;
        }
    }

    /** On which side of its limit a figure should be. */
    public enum Aim {
        /** Smaller is better. */
        AT_MOST("≤ "),
        /** Larger is better. */
        AT_LEAST("≥ "),
        /** It is only told. */
        NONE("");

        private final String sign;

        Aim(String sign) {
            this.sign = sign;
        }
    }

    private final String id;
    private final String what;
    private final String reference;
    private final Unit unit;
    private final Aim aim;
    private final double limit;

    Row(String id, String what, String reference, Unit unit, Aim aim, double limit) {
        this.id = id;
        this.what = what;
        this.reference = reference;
        this.unit = unit;
        this.aim = aim;
        this.limit = limit;
    }

    /** The row that is called so on the command line; {@link IllegalArgumentException} names those there are. */
    public static Row named(String id) {
        return Arrays.stream(values())
                .filter(row -> row.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no row \"" + id + "\", only " + ids()));
    }

    private static List<String> ids() {
        return Arrays.stream(values()).map(Row::id).toList();
    }

    /** Its name on the command line. */
    public String id() {
        return id;
    }

    /** What is measured. */
    public String what() {
        return what;
    }

    /** What it is compared with; empty where the figure stands for itself. */
    public String reference() {
        return reference;
    }

    /** A figure with its unit. */
    public String told(double value) {
        // A share that is small is no zero.
        String format = Math.abs(value) < 0.01 ? unit.format.replaceFirst("\\d", "5") : unit.format;
        return String.format(Locale.ROOT, format, value);
    }

    /** The unit's sign. */
    public String unit() {
        return unit.word;
    }

    /** What is aimed at, in a few characters; empty if nothing is. */
    public String goal() {
        return aim == Aim.NONE ? "" : aim.sign + String.format(Locale.ROOT, "%s %s", plain(limit), unit.word);
    }

    /** Whether a figure is where it should be; empty if nothing is aimed at. */
    public Optional<Boolean> isMet(double value) {
        return switch (aim) {
            case AT_MOST -> Optional.of(value <= limit);
            case AT_LEAST -> Optional.of(value >= limit);
            case NONE -> Optional.empty();
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
