package org.millrace.worker.verify;

import java.util.List;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Remarks;
import org.millrace.worker.ffmpeg.FfmpegResult;

/** Whether a chunk has all the picture that the packets promised, and what to say if it has not. */
final class Completeness {

    /** A decoder complains this often about a stream that merely begins or ends in the middle of a GOP. */
    private static final long USUAL_ERRORS = 24;

    /** More complaints than for every so many frames mean visible damage. */
    private static final long FRAMES_PER_ERROR = 50;

    /** The last frame's length is a guess in many files; half a second of it is not a loss. */
    private static final double UNREMARKABLE_SECONDS = 0.5;

    private static final double LEAST_SECONDS = 1;

    private final Grid grid;
    private final Span span;
    private final boolean tolerant;

    Completeness(Task.EncodeChunk task, boolean tolerant) {
        this.grid = task.grid();
        this.span = task.span();
        this.tolerant = tolerant;
    }

    /**
     * Judges the number of frames and the decoder's complaints.
     *
     * @throws AttemptFailedException if another treatment of the source could bring more, or too little is left
     */
    void judge(long frames, FfmpegResult result, List<Remark> remarks) {
        double missing = grid.secondsAt(span.frames() - frames);
        if (span.last() && missing > UNREMARKABLE_SECONDS) {
            judgeShort(frames, missing, remarks);
        } else if (span.last() && -missing > UNREMARKABLE_SECONDS && !tolerant) {
            throw Invalid.output("There are " + frames + " frames instead of " + span.frames());
        }
        if (result.lateErrorLines() > Math.max(USUAL_ERRORS, frames / FRAMES_PER_ERROR)) {
            remarks.add(Remarks.PICTURE_DAMAGED);
        }
    }

    private void judgeShort(long frames, double missing, List<Remark> remarks) {
        double made = grid.secondsAt(frames);
        String detail = "Only " + frames + " of " + span.frames() + " frames could be decoded";
        boolean isMuch = missing > LEAST_SECONDS && missing > 0.05 * grid.secondsAt(span.frames());
        if (!tolerant && isMuch) {
            throw new AttemptFailedException(FailureCode.DECODE_FAILED, detail);
        }
        if (span.from() == 0 && made < LEAST_SECONDS && missing > LEAST_SECONDS) {
            throw new AttemptFailedException(FailureCode.NOTHING_DECODABLE, detail);
        }
        remarks.add(Remarks.endsEarly(grid.secondsAt(span.from() + frames), grid.seconds()));
    }
}
