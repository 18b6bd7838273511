package org.millrace.worker.subtitle;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads WebVTT with distrust and writes it plainly. Of what is read only the times and the text of cues survive: no style,
 * no region, no note, no identifier, no setting.
 */
final class WebVtt {

    /** More than four hours of one cue a second. */
    private static final int MOST_CUES = 20_000;

    private static final int MOST_LINES = 8;
    private static final int LONGEST_LINE = 1 << 14;
    private static final long LONGEST_TIME = 1000L * 3600 * 1000;
    private static final Pattern TIMES = Pattern.compile(
            "\\s*((?:\\d{2,}:)?\\d{2}:\\d{2}\\.\\d{3})\\s+-->\\s+((?:\\d{2,}:)?\\d{2}:\\d{2}\\.\\d{3}).*");

    private WebVtt() {}

    /**
     * The cues of a file, in order of time.
     *
     * @param zeroSeconds time stamp in the file that is the start of the video; what ends before it is left out
     * @throws IOException if the file cannot be read
     */
    static List<Cue> read(Path file, double zeroSeconds) throws IOException {
        long zero = Math.round(zeroSeconds * 1000);
        List<Cue> cues = new ArrayList<>();
        // Bytes that are no UTF-8 become question marks instead of an error.
        try (BufferedReader reader = new BufferedReader(
                new java.io.InputStreamReader(Files.newInputStream(file), java.nio.charset.StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null && cues.size() < MOST_CUES) {
                Matcher times = TIMES.matcher(line.length() > LONGEST_LINE ? "" : line);
                if (times.matches()) {
                    String text = text(reader);
                    add(cues, millis(times.group(1)) - zero, millis(times.group(2)) - zero, text);
                }
                line = reader.readLine();
            }
        }
        cues.sort(Comparator.comparingLong(Cue::startMillis));
        return cues;
    }

    /** A file of these cues. */
    static String write(List<Cue> cues) {
        StringBuilder out = new StringBuilder("WEBVTT\n");
        for (Cue cue : cues) {
            out.append('\n')
                    .append(time(cue.startMillis()))
                    .append(" --> ")
                    .append(time(cue.endMillis()))
                    .append('\n')
                    .append(cue.text())
                    .append('\n');
        }
        return out.toString();
    }

    private static void add(List<Cue> cues, long start, long end, String text) {
        if (end > Math.max(0, start) && end < LONGEST_TIME && !text.isEmpty()) {
            cues.add(new Cue(Math.max(0, start), end, text));
        }
    }

    /** The lines up to the next empty one. */
    private static String text(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = reader.readLine();
        while (line != null && !line.isBlank()) {
            if (lines.size() < MOST_LINES) {
                lines.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
            }
            line = reader.readLine();
        }
        return CueText.safe(String.join("\n", lines));
    }

    private static long millis(String time) {
        String[] parts = time.split("[:.]");
        int at = parts.length - 1;
        long millis = Long.parseLong(parts[at])
                + 1000 * Long.parseLong(parts[at - 1])
                + 60_000 * Long.parseLong(parts[at - 2]);
        if (parts.length == 4) {
            millis += parts[0].length() > 6 ? LONGEST_TIME : 3_600_000 * Long.parseLong(parts[0]);
        }
        return millis;
    }

    private static String time(long millis) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }
}
