package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes one audio stream as a whole into {@link #FILE_NAME}, in fragments of two seconds, readable while it grows. It
 * begins at the video's zero: what is missing there is silence.
 *
 * @param stream number of the stream in the file
 * @param start timestamp in the file that becomes zero, the same as for the picture
 * @param until where to stop, counted from zero; empty goes to the end
 * @param channels 1 or 2; more are mixed down
 * @param bitrateKbit for all channels together
 * @param tolerant whether to go on over damaged data
 */
public record EncodeAudioCommand(
        int stream, Duration start, Optional<Duration> until, int channels, int bitrateKbit, boolean tolerant) {

    /** Name of the file written, for {@link Workspace#output}. */
    public static final String FILE_NAME = "audio.mp4";

    /** Checks stream, channels and bit rate. */
    public EncodeAudioCommand {
        if (stream < 0 || channels < 1 || channels > 2 || bitrateKbit <= 0) {
            throw new IllegalArgumentException("Not an audio rendition");
        }
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<Filter> filters = new ArrayList<>();
        filters.add(Filter.startingAt("asetpts", start));
        filters.add(Filter.of("aresample", "", "48000", "async", "1", "first_pts", "0"));
        until.ifPresent(end -> filters.add(Filter.of("atrim", "end", Seconds.text(end))));
        // No frag_discont here: with the encoder's priming it would write a negative decode time as a huge one.
        List<String> output = new Output()
                .map("0:" + stream)
                .with("-vn")
                .bare()
                .with("-af", FilterGraph.simple(filters))
                .with("-c:a", "aac", "-b:a", bitrateKbit + "k", "-ac", Integer.toString(channels))
                .with("-avoid_negative_ts", "disabled", "-f", "mp4")
                .with("-frag_duration", "2000000", "-flush_packets", "1")
                .with("-movflags", "+delay_moov+default_base_moof")
                .toFile(FILE_NAME);
        return FfmpegCommand.ffmpeg(
                List.of("-copyts"),
                List.of(Input.of(InputName.SOURCE).tolerating(tolerant)),
                guard,
                List.of(),
                List.of(output));
    }
}
