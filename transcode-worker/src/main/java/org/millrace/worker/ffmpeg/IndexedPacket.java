package org.millrace.worker.ffmpeg;

import java.time.Duration;

/**
 * One packet of a file as the demuxer found it.
 *
 * @param stream number of its stream
 * @param pts when it is shown; null if the container does not say (AVI, for example)
 * @param dts when it is decoded; null if the container does not say
 * @param duration how long it lasts; null if the container does not say
 * @param size bytes
 * @param position offset of its first byte in the file; -1 if unknown
 * @param key whether decoding can start here
 * @param discard whether it is decoded but never shown
 */
public record IndexedPacket(
        int stream,
        Duration pts,
        Duration dts,
        Duration duration,
        long size,
        long position,
        boolean key,
        boolean discard) {

    /** Reads a line of {@link PacketIndexCommand}'s output; null if it is not one. */
    static IndexedPacket parse(String line) {
        // Side data adds fields at the end, and so does a trailing separator.
        String[] fields = line.split(",", -1);
        if (fields.length < 7) {
            return null;
        }
        try {
            String flags = fields[6];
            return new IndexedPacket(
                    Integer.parseInt(fields[0]),
                    Seconds.parse(fields[1]),
                    Seconds.parse(fields[2]),
                    Seconds.parse(fields[3]),
                    Long.parseLong(fields[4]),
                    "N/A".equals(fields[5]) ? -1 : Long.parseLong(fields[5]),
                    flags.indexOf('K') >= 0,
                    flags.indexOf('D') >= 0);
        } catch (NumberFormatException notAPacket) {
            return null;
        }
    }
}
