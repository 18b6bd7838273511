package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete, immutable argument list for ffmpeg or ffprobe, without the program and without any string a user chose.
 *
 * @param program which program
 * @param arguments its arguments, in order
 */
public record FfmpegCommand(Program program, List<String> arguments) {

    private static final List<String> FFMPEG_START = List.of(
            "-nostdin",
            "-hide_banner",
            "-loglevel",
            "level+warning",
            "-nostats",
            "-progress",
            "pipe:1",
            "-stats_period",
            "0.25",
            "-max_alloc",
            "1073741824",
            "-y");

    private static final List<String> FFPROBE_START =
            List.of("-hide_banner", "-loglevel", "level+warning", "-max_alloc", "1073741824");

    /** Copies the list. */
    public FfmpegCommand {
        arguments = List.copyOf(arguments);
    }

    /**
     * An ffmpeg command: it never asks, reports progress on standard output and prefixes log lines with their level.
     *
     * @param global options before the inputs
     * @param inputs in the order in which maps number them
     * @param guard applied to every input
     * @param filterGraph options between inputs and outputs; may be empty
     * @param outputs complete argument lists of the outputs
     */
    static FfmpegCommand ffmpeg(
            List<String> global,
            List<Input> inputs,
            InputGuard guard,
            List<String> filterGraph,
            List<List<String>> outputs) {
        List<String> list = new ArrayList<>(FFMPEG_START);
        list.addAll(global);
        inputs.forEach(input -> list.addAll(input.arguments(guard)));
        list.addAll(filterGraph);
        outputs.forEach(list::addAll);
        return new FfmpegCommand(Program.FFMPEG, list);
    }

    /** An ffprobe command over one input. */
    static FfmpegCommand ffprobe(InputName input, InputGuard guard, List<String> questions) {
        List<String> list = new ArrayList<>(FFPROBE_START);
        list.addAll(guard.arguments());
        list.addAll(questions);
        list.addAll(List.of("-i", input.url()));
        return new FfmpegCommand(Program.FFPROBE, list);
    }
}
