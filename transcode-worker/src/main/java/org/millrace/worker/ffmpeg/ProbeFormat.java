package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.Map;

/**
 * A file's container.
 *
 * @param names the demuxer's names, separated by commas, for example {@code mov,mp4,m4a,3gp,3g2,mj2}; never null
 * @param start smallest timestamp in the file; null if unknown
 * @param duration as the header promises; null if unknown
 * @param size bytes; null if unknown
 * @param bitRate bits per second; null if unknown
 * @param probeScore how sure ffprobe is, 0 to 100
 * @param tags what the file says about itself, keys in lower case; from the file: never trusted
 */
public record ProbeFormat(
        String names,
        Duration start,
        Duration duration,
        Long size,
        Long bitRate,
        int probeScore,
        Map<String, String> tags) {}
