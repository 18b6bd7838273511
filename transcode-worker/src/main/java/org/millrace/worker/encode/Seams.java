package org.millrace.worker.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Seam;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.ffmpeg.ChunkReading;
import org.millrace.worker.ffmpeg.EncodeChunkCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.Workspace;

/** Reads the pictures by which neighbouring chunks are compared. */
final class Seams {

    private static final int PICTURE = Seam.WIDTH * Seam.HEIGHT;

    private Seams() {}

    /**
     * The seam of a chunk; null if its pictures say nothing: the source is damaged, so that each chunk conceals it in its
     * own way.
     */
    static Seam of(ChunkMaterial.Material material, Workspace workspace, FfmpegResult result) {
        if (material.reading() != ChunkReading.PLAIN || result.lateErrorLines() > 0) {
            return null;
        }
        byte[] pictures = read(workspace.output(EncodeChunkCommand.SEAM_FILE));
        return new Seam(picture(pictures, 0), picture(pictures, 1));
    }

    private static String picture(byte[] pictures, int number) {
        int end = (number + 1) * PICTURE;
        return pictures.length < end
                ? null
                : Base64.getEncoder().encodeToString(Arrays.copyOfRange(pictures, end - PICTURE, end));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.OUTPUT_INVALID, "The seam was not written: " + e, e);
        }
    }
}
