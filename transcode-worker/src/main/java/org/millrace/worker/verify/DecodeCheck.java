package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.ffmpeg.FfmpegCommand;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.MadeCheckCommand;
import org.millrace.worker.ffmpeg.MadeCheckCommand.Made;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.WholeDecodeCommand;
import org.millrace.worker.ffmpeg.Workspace;

/** Decodes what was made, all files of a run at once: a program takes longer to start than a key frame to decode. */
@ApplicationScoped
public class DecodeCheck {

    private final Converter converter;

    @Inject
    DecodeCheck(Converter converter) {
        this.converter = converter;
    }

    /**
     * Decodes files of a workspace's output directory, without a complaint.
     *
     * @param seconds length of the media
     * @return how many pictures, or packets of sound, came out of each file
     */
    public List<Long> count(Attempt attempt, Workspace workspace, List<Made> files, double seconds) {
        FfmpegCommand command = new MadeCheckCommand(files, attempt.threads()).toCommand(converter.guard());
        AtomicLongArray counts = count(attempt, workspace, command, files.size(), seconds);
        return files.stream().map(files::indexOf).map(counts::get).toList();
    }

    /**
     * Decodes a workspace's source, which holds one track, whole and without a complaint.
     *
     * @param seconds length of the media
     * @return how many pictures, or packets of sound, came out
     */
    public long countSource(Attempt attempt, Workspace workspace, double seconds) {
        FfmpegCommand command = new WholeDecodeCommand(attempt.threads()).toCommand(converter.guard());
        return count(attempt, workspace, command, 1, seconds).get(0);
    }

    private AtomicLongArray count(
            Attempt attempt, Workspace workspace, FfmpegCommand command, int files, double seconds) {
        AtomicLongArray counts = new AtomicLongArray(files);
        FfmpegResult result = converter.stream(
                attempt,
                command,
                workspace,
                converter.limits(seconds, 1),
                lines -> count(lines, counts),
                ProgressListener.SILENT);
        if (!result.exitedCleanly() || result.errorLines() > 0) {
            List<String> tail = result.stderrTail();
            throw Invalid.output("What was made does not decode cleanly: exit code " + result.exitCode() + ", "
                    + result.errorLines() + " complaints" + (tail.isEmpty() ? "" : ", the last: " + tail.getLast()));
        }
        return counts;
    }

    private static void count(InputStream lines, AtomicLongArray counts) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.US_ASCII));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            int comma = line.indexOf(',');
            if (comma > 0 && line.charAt(0) != '#') {
                counts.incrementAndGet(Integer.parseInt(line.substring(0, comma)));
            }
        }
    }
}
