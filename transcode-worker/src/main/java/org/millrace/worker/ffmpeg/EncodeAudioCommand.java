package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Encodes one audio stream from its start to standard output, in fragments of two seconds. It begins at the video's zero:
 * what is missing there is silence. Runs that differ only in where they stop make the same fragments but for the last one.
 *
 * @param sound the stream
 * @param until where to stop, counted from zero
 * @param bitrateKbit for all channels together
 * @param gainDb decibels by which it is made louder, negative for softer; 0 leaves it as it is
 * @param tolerant whether to go on over damaged data
 */
public record EncodeAudioCommand(SourceSound sound, Duration until, int bitrateKbit, double gainDb, boolean tolerant) {

    /** Checks the bit rate. */
    public EncodeAudioCommand {
        if (bitrateKbit <= 0) {
            throw new IllegalArgumentException("Not an audio rendition");
        }
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        // No frag_discont here: with the encoder's priming it would write a negative decode time as a huge one.
        List<String> output = new Output()
                .map(sound.address())
                .with("-vn")
                .bare()
                .with("-af", FilterGraph.simple(filters()))
                .with("-c:a", "aac", "-b:a", bitrateKbit + "k")
                .with("-avoid_negative_ts", "disabled", "-f", "mp4")
                .with("-frag_duration", "2000000", "-flush_packets", "1")
                .with("-movflags", "+delay_moov+default_base_moof")
                .toStandardOutput();
        return FfmpegCommand.streaming(
                List.of("-copyts"),
                List.of(Input.of(InputName.SOURCE).tolerating(tolerant)),
                guard,
                List.of(),
                List.of(output));
    }

    private List<Filter> filters() {
        List<Filter> filters = new ArrayList<>(sound.cleaned());
        filters.add(Filter.of("atrim", "end", Seconds.text(until)));
        if (gainDb != 0) {
            filters.add(Filter.of("volume", "", String.format(Locale.ROOT, "%.2fdB", gainDb)));
        }
        if (gainDb > 0 || sound.isMixed()) {
            filters.add(Filter.of("alimiter", "limit", "0.97", "level", "disabled", "latency", "1"));
        }
        return filters;
    }
}
