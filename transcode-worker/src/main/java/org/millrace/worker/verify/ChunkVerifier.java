package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.ladder.Rung;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.MadeCheckCommand.Made;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.mp4.FragmentReader;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.publish.VerifiedTrack;

/** Verifies a chunk: every fragment of every rendition, the smallest decoded whole, of the others the key frames. */
@ApplicationScoped
public class ChunkVerifier {

    private final DecodeCheck decoding;

    @Inject
    ChunkVerifier(DecodeCheck decoding) {
        this.decoding = decoding;
    }

    /**
     * Verifies the files of a chunk.
     *
     * @param workspace where they were made
     * @param files their names, one for each rung, in the same order
     * @param result how the encoder ended; its complaints were about the source
     * @param remarks takes what the owner should know
     * @throws AttemptFailedException if a file is not what was asked for
     */
    public List<VerifiedTrack> verify(
            Attempt attempt,
            Task.EncodeChunk task,
            Workspace workspace,
            List<String> files,
            FfmpegResult result,
            List<Remark> remarks) {
        List<VerifiedTrack> tracks = new ArrayList<>();
        long frames = -1;
        for (int i = 0; i < files.size(); i++) {
            Rung rung = task.rungs().get(i);
            GridCheck check = new GridCheck(rung, task.grid(), task.span());
            VerifiedTrack track = parse(workspace.output(files.get(i)), rung, check, result);
            long found = check.finish();
            if (frames >= 0 && found != frames) {
                throw Invalid.output(rung.name() + " has " + found + " frames, the rendition above it " + frames);
            }
            frames = found;
            tracks.add(track);
        }
        new Completeness(task, attempt.isTolerant()).judge(frames, result, remarks);
        decode(attempt, workspace, files, tracks, frames);
        return tracks;
    }

    /**
     * Verifies a rendition whose fragments were checked as they came.
     *
     * @param file name of the file that all of them were written to as well
     * @param check has taken all of them
     */
    public void verifyStreamed(
            Attempt attempt,
            Task.EncodeChunk task,
            Workspace workspace,
            String file,
            GridCheck check,
            FfmpegResult result,
            List<Remark> remarks) {
        long frames = check.finish();
        new Completeness(task, attempt.isTolerant()).judge(frames, result, remarks);
        double seconds = task.grid().secondsAt(frames);
        require(
                file,
                decoding.count(attempt, workspace, List.of(new Made(file, false)), seconds)
                        .getFirst(),
                frames);
    }

    private static VerifiedTrack parse(Path file, Rung rung, GridCheck check, FfmpegResult result) {
        if (!Files.exists(file)) {
            throw Invalid.output(rung.name() + " was not written: " + result.stderrTail());
        }
        try {
            check.init(initOf(file, rung));
            Mp4File content = Mp4File.read(file, check::take);
            return new VerifiedTrack(file, content, content.init().sha256());
        } catch (IOException e) {
            throw Invalid.output(rung.name() + ": " + e.getMessage(), e);
        }
    }

    private static InitSegment initOf(Path file, Rung rung) throws IOException {
        try (FragmentReader reader = FragmentReader.open(file)) {
            return reader.init().orElseThrow(() -> Invalid.output(rung.name() + " is cut off"));
        }
    }

    private void decode(
            Attempt attempt, Workspace workspace, List<String> files, List<VerifiedTrack> tracks, long frames) {
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            made.add(new Made(files.get(i), i < files.size() - 1));
        }
        List<Long> counts =
                decoding.count(attempt, workspace, made, tracks.getFirst().seconds());
        for (int i = 0; i < files.size(); i++) {
            long expected = made.get(i).keyFramesOnly()
                    ? tracks.get(i).content().fragments().size()
                    : frames;
            require(files.get(i), counts.get(i), expected);
        }
    }

    private static void require(String file, long decoded, long expected) {
        if (decoded != expected) {
            throw Invalid.output(file + " decodes to " + decoded + " frames instead of " + expected);
        }
    }
}
