package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.ladder.Rung;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.mp4.FragmentReader;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.mp4.Track;
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
     * @param files one for each rung, in the same order
     * @param result how the encoder ended; its complaints were about the source
     * @param remarks takes what the owner should know
     * @throws AttemptFailedException if a file is not what was asked for, or holds no picture
     */
    public List<VerifiedTrack> verify(
            Attempt attempt, Task.EncodeChunk task, List<Path> files, FfmpegResult result, List<Remark> remarks) {
        requirePictures(attempt, result);
        List<VerifiedTrack> tracks = new ArrayList<>();
        long frames = -1;
        for (int i = 0; i < files.size(); i++) {
            Rung rung = task.rungs().get(i);
            GridCheck check = new GridCheck(rung.name(), task.grid(), task.span());
            VerifiedTrack track = parse(files.get(i), rung, check, result);
            long found = check.finish(track.content());
            if (frames >= 0 && found != frames) {
                throw Invalid.output(rung.name() + " has " + found + " frames, the rendition above it " + frames);
            }
            frames = found;
            tracks.add(track);
        }
        new Completeness(task, attempt.isTolerant()).judge(frames, result, remarks);
        decode(attempt, tracks, frames);
        return tracks;
    }

    private static void requirePictures(Attempt attempt, FfmpegResult result) {
        if (result.progress().frames() == 0) {
            FailureCode code = attempt.isTolerant() ? FailureCode.NOTHING_DECODABLE : FailureCode.DECODE_FAILED;
            throw new AttemptFailedException(code, "The converter made no picture: " + result.stderrTail());
        }
    }

    private static VerifiedTrack parse(Path file, Rung rung, GridCheck check, FfmpegResult result) {
        try {
            if (!Files.exists(file)) {
                throw Invalid.output(rung.name() + " was not written: " + result.stderrTail());
            }
            Track track = trackOf(file, rung);
            if (track.width() != rung.width() || track.height() != rung.height()) {
                throw Invalid.output(rung.name() + " has " + track.width() + "×" + track.height() + " pixels");
            }
            Mp4File content = Mp4File.read(file, fragment -> check.fragment(track, fragment));
            return new VerifiedTrack(file, content, content.init().sha256());
        } catch (IOException e) {
            throw Invalid.output(rung.name() + ": " + e.getMessage(), e);
        }
    }

    private static Track trackOf(Path file, Rung rung) throws IOException {
        try (FragmentReader reader = FragmentReader.open(file)) {
            InitSegment init = reader.init().orElseThrow(() -> Invalid.output(rung.name() + " is cut off"));
            return init.track();
        }
    }

    private void decode(Attempt attempt, List<VerifiedTrack> tracks, long frames) {
        for (int i = 0; i < tracks.size(); i++) {
            VerifiedTrack track = tracks.get(i);
            boolean smallest = i == tracks.size() - 1;
            long expected = smallest ? frames : track.content().fragments().size();
            long decoded = decoding.frames(attempt, track.file(), track.seconds(), !smallest);
            if (decoded != expected) {
                throw Invalid.output(
                        track.file().getFileName() + " decodes to " + decoded + " frames instead of " + expected);
            }
        }
    }
}
