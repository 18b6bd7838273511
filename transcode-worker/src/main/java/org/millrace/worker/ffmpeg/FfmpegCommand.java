package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A complete, immutable argument list for ffmpeg or ffprobe, without the program and without any string a user chose.
 *
 * @param program which program
 * @param arguments its arguments, in order
 * @param files small text files that the arguments name: content by name in the working directory
 */
public record FfmpegCommand(Program program, List<String> arguments, Map<String, String> files) {

    private static final List<String> FFMPEG_START = List.of(
            "-nostdin",
            "-hide_banner",
            "-loglevel",
            "level+warning",
            "-nostats",
            "-stats_period",
            "0.25",
            "-max_alloc",
            "1073741824",
            "-y",
            "-progress");

    private static final List<String> FFPROBE_START =
            List.of("-hide_banner", "-loglevel", "level+warning", "-max_alloc", "1073741824");

    /** Copies the collections. */
    public FfmpegCommand {
        arguments = List.copyOf(arguments);
        files = Map.copyOf(files);
        files.keySet().forEach(OutputName::check);
    }

    /** A command that needs no files. */
    FfmpegCommand(Program program, List<String> arguments) {
        this(program, arguments, Map.of());
    }

    /** The same command with files beside it. */
    FfmpegCommand beside(Map<String, String> content) {
        return new FfmpegCommand(program, arguments, content);
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
        return ffmpeg("pipe:1", global, inputs, guard, filterGraph, outputs);
    }

    /** The same for a command that writes media to standard output: progress goes to where the log goes. */
    static FfmpegCommand streaming(
            List<String> global,
            List<Input> inputs,
            InputGuard guard,
            List<String> filterGraph,
            List<List<String>> outputs) {
        return ffmpeg("pipe:2", global, inputs, guard, filterGraph, outputs);
    }

    private static FfmpegCommand ffmpeg(
            String progress,
            List<String> global,
            List<Input> inputs,
            InputGuard guard,
            List<String> filterGraph,
            List<List<String>> outputs) {
        List<String> list = new ArrayList<>(FFMPEG_START);
        list.add(progress);
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
