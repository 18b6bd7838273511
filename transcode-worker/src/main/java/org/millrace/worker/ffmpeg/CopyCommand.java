package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Copies a picture from its start to standard output without coding anything again, one fragment for each of its GOPs.
 * Runs that differ only in how much they read make the same fragments but for the last one.
 *
 * @param stream number of the stream in the file
 * @param start timestamp in the file that becomes zero: the file's own start time
 * @param length how much of the file to read, from its start; empty reads to the end
 */
public record CopyCommand(int stream, Duration start, Optional<Duration> length) {

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        Input source = Input.of(InputName.SOURCE);
        List<String> output = new Output()
                .map("0:" + stream)
                .with("-an")
                .bare()
                .with("-c", "copy", "-output_ts_offset", Seconds.text(start.negated()))
                .with("-avoid_negative_ts", "disabled", "-f", "mp4", "-video_track_timescale", "90000")
                .with("-flush_packets", "1")
                .with("-movflags", "+frag_keyframe+delay_moov+default_base_moof+frag_discont")
                .toStandardOutput();
        return FfmpegCommand.streaming(
                List.of("-copyts"),
                List.of(length.map(source::upTo).orElse(source)),
                guard,
                List.of(),
                List.of(output));
    }
}
