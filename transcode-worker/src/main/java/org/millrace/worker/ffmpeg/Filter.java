package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One filter with its options, written so that no value can end the filter or start another.
 *
 * @param text as it stands in a filter graph
 */
record Filter(String text) {

    /** A filter whose options are given as alternating keys and values; an empty key gives a positional option. */
    static Filter of(String name, String... keysAndValues) {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String key = keysAndValues[i];
            String value = escape(keysAndValues[i + 1]);
            options.add(key.isEmpty() ? value : key + "=" + value);
        }
        return new Filter(options.isEmpty() ? name : name + "=" + String.join(":", options));
    }

    /** Scales to exactly these sizes. */
    static Filter scale(int width, int height) {
        return of("scale", "", Integer.toString(width), "", Integer.toString(height), "flags", "bicubic");
    }

    /** Declares pixels square; needed after every scale, which otherwise keeps rounding errors as aspect ratio. */
    static Filter squarePixels() {
        return of("setsar", "", "1");
    }

    /** Shifts timestamps so that the given one becomes zero. */
    static Filter startingAt(String filter, Duration zero) {
        return of(filter, "", "PTS-(" + Seconds.text(zero) + ")/TB");
    }

    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder();
        for (char c : value.toCharArray()) {
            if ("\\':,;[]".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
