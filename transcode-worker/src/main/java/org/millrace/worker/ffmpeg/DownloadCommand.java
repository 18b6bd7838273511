package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * Packs finished tracks ({@link InputName#VIDEO} and {@link InputName#AUDIO}) into one progressive MP4 without coding
 * anything again: {@link #FILE_NAME}. Moving the index to the front rewrites the file silently at the end:
 * run it with {@link Limits#inSilence()}.
 *
 * @param hasPicture whether there is a video track
 * @param hasSound whether there is an audio track
 */
public record DownloadCommand(boolean hasPicture, boolean hasSound) {

    /** Name of the file written, for {@link Workspace#output}. */
    public static final String FILE_NAME = "download.mp4";

    /** The argument list. */
    public FfmpegCommand toCommand(InputGuard guard) {
        List<Input> inputs = new ArrayList<>();
        Output output = new Output();
        if (hasPicture) {
            inputs.add(Input.of(InputName.VIDEO));
            output.map("0:v");
        }
        if (hasSound) {
            output.map(inputs.size() + ":a");
            inputs.add(Input.of(InputName.AUDIO));
        }
        output.with("-map_metadata", "-1", "-c", "copy", "-f", "mp4", "-movflags", "+faststart");
        // Without -copyts the encoder's priming would shift sound against picture.
        return FfmpegCommand.ffmpeg(List.of("-copyts"), inputs, guard, List.of(), List.of(output.toFile(FILE_NAME)));
    }
}
