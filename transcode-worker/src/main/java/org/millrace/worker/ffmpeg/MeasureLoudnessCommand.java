package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Measures how loud a sound is that would be encoded (EBU R 128). The figures stand at the end of the log:
 * {@link #read} finds them.
 *
 * @param sound the stream
 */
public record MeasureLoudnessCommand(SourceSound sound) {

    /** What the filter says of silence. */
    private static final double SILENCE = -69.9;

    /**
     * What was measured.
     *
     * @param integratedLufs loudness of the whole in LUFS; null for silence
     * @param truePeakDb highest true peak in dBTP; null for silence
     */
    public record Measured(Double integratedLufs, Double truePeakDb) {}

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<Filter> filters = new ArrayList<>(sound.cleaned());
        // One channel will come out of two loudspeakers.
        filters.add(Filter.of(
                "ebur128",
                "peak",
                "true",
                "framelog",
                "verbose",
                "dualmono",
                sound.channels() == 1 ? "true" : "false"));
        List<String> output = new Output()
                .map(sound.address())
                .with("-vn", "-sn", "-dn", "-af", FilterGraph.simple(filters))
                .toNowhere();
        return FfmpegCommand.ffmpeg(
                List.of("-loglevel", "level+info", "-copyts"),
                List.of(Input.of(InputName.SOURCE).tolerating(true)),
                guard,
                List.of(),
                List.of(output));
    }

    /**
     * The figures in a run's last words; null if there are none.
     *
     * @param log the end of its log
     */
    public static Measured read(List<String> log) {
        int summary = log.size() - 1;
        while (summary >= 0 && !log.get(summary).endsWith("Summary:")) {
            summary--;
        }
        if (summary < 0) {
            return null;
        }
        List<String> figures = log.subList(summary, log.size());
        Double loudness = figure(figures, "I:", "LUFS");
        Double peak = figure(figures, "Peak:", "dBFS");
        return loudness == null || loudness <= SILENCE || peak == null
                ? new Measured(null, null)
                : new Measured(loudness, peak);
    }

    private static Double figure(List<String> lines, String name, String unit) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(name) && line.endsWith(unit))
                .map(line -> number(line.substring(name.length(), line.length() - unit.length())
                        .strip()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Double.valueOf(value) : null;
        } catch (NumberFormatException infinite) {
            return null;
        }
    }
}
