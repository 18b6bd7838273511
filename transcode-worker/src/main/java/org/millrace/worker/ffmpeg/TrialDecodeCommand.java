package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * Decodes the beginning of a stream and throws it away: {@link FfmpegResult#progress()} says how many pictures, or how
 * much time of sound, came out.
 *
 * @param address the stream as maps name it
 * @param limit option that counts what is enough
 * @param frames how many pictures or audio packets are enough
 */
public record TrialDecodeCommand(String address, String limit, int frames) {

    /** Checks the number. */
    public TrialDecodeCommand {
        if (frames < 1) {
            throw new IllegalArgumentException("Not a trial");
        }
    }

    /** Tries the first moving picture of a file. */
    public static TrialDecodeCommand firstPicture(int frames) {
        return new TrialDecodeCommand("0:V:0", "-frames:v", frames);
    }

    /** Tries a picture by its number in the file. */
    public static TrialDecodeCommand picture(int stream, int frames) {
        return new TrialDecodeCommand("0:" + stream, "-frames:v", frames);
    }

    /** Tries a sound by its number in the file. */
    public static TrialDecodeCommand sound(int stream, int frames) {
        return new TrialDecodeCommand("0:" + stream, "-frames:a", frames);
    }

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<String> output = new Output()
                .map(address)
                .with(limit, Integer.toString(frames), "-fps_mode", "passthrough")
                .toNowhere();
        // One thread: several would first have to be filled.
        Input input = Input.of(InputName.SOURCE).withThreads(1).tolerating(true);
        return FfmpegCommand.ffmpeg(List.of(), List.of(input), guard, List.of(), List.of(output));
    }
}
