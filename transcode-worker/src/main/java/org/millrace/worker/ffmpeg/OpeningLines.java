package org.millrace.worker.ffmpeg;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the packets out of ffprobe's answer as its lines come, so that none has to be kept: what is left is the JSON of a
 * header.
 */
final class OpeningLines {

    private static final int LONGEST_ANSWER = 32 << 20;
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": (?:\"([^\"]*)\"|(\\d+))");

    private final Consumer<IndexedPacket> packets;
    private final StringBuilder header = new StringBuilder();
    private boolean amongPackets;

    OpeningLines(Consumer<IndexedPacket> packets) {
        this.packets = packets;
    }

    /** Takes a line. */
    void line(String line) {
        if (line.equals("    \"packets\": [")) {
            amongPackets = true;
        }
        if (amongPackets && line.startsWith("        { \"")) {
            IndexedPacket packet = packet(line);
            if (packet != null) {
                packets.accept(packet);
            }
        } else if (!amongPackets && header.length() + line.length() < LONGEST_ANSWER) {
            // An answer cut short is no JSON any more, and is refused by its reader.
            header.append(line).append('\n');
        }
        if (line.equals("    ],")) {
            amongPackets = false;
        }
    }

    /** The answer without packets. */
    String header() {
        return header.toString();
    }

    private static IndexedPacket packet(String line) {
        Matcher field = FIELD.matcher(line);
        String[] values = new String[7];
        Arrays.fill(values, "N/A");
        while (field.find()) {
            int place = place(field.group(1));
            if (place >= 0) {
                values[place] = field.group(2) == null ? field.group(3) : field.group(2);
            }
        }
        return IndexedPacket.parse(String.join(",", values));
    }

    private static int place(String name) {
        return switch (name) {
            case "stream_index" -> 0;
            case "pts_time" -> 1;
            case "dts_time" -> 2;
            case "duration_time" -> 3;
            case "size" -> 4;
            case "pos" -> 5;
            case "flags" -> 6;
            default -> -1;
        };
    }
}
