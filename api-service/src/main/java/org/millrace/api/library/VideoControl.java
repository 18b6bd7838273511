package org.millrace.api.library;

import jakarta.enterprise.context.ApplicationScoped;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;
import org.millrace.api.account.Quota;
import org.millrace.api.ledger.FiguresLedger;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.model.id.VideoId;
import org.millrace.model.plan.PlanRequest;

/** What whoever asks may do to a video: the same refusals for programs and for forms of the pages. */
@ApplicationScoped
public class VideoControl {

    private final VideoLedger ledger;
    private final WishesReader wishes;
    private final Access access;
    private final CurrentUser user;
    private final Quota quota;
    private final FiguresLedger figures;
    private final Transactions transactions;

    VideoControl(
            VideoLedger ledger,
            WishesReader wishes,
            Access access,
            CurrentUser user,
            Quota quota,
            FiguresLedger figures,
            Transactions transactions) {
        this.ledger = ledger;
        this.wishes = wishes;
        this.access = access;
        this.user = user;
        this.quota = quota;
        this.figures = figures;
        this.transactions = transactions;
    }

    /**
     * A video that whoever asks may do something to. A video of somebody else is told apart from none by nobody.
     *
     * @throws ProblemException if there is none
     */
    VideoRow find(String id, Action action) {
        VideoRow video = VideoId.isValid(id) ? ledger.find(new VideoId(id)).orElse(null) : null;
        if (video == null || !access.may(user.get(), action, video.owner)) {
            throw new ProblemException(ErrorCode.VIDEO_NOT_FOUND);
        }
        return video;
    }

    /** Tries again what failed or was stopped. */
    void retry(String id) {
        if (!ledger.retry(find(id, Action.CONTROL).videoId())) {
            throw new ProblemException(ErrorCode.NOTHING_TO_RETRY);
        }
    }

    /** Stops the work. */
    void cancel(String id) {
        if (!ledger.cancel(find(id, Action.CONTROL).videoId())) {
            throw new ProblemException(ErrorCode.NOTHING_TO_CANCEL);
        }
    }

    /**
     * Makes all renditions anew. Until they are finished they lie beside those that are played, and most likely take as
     * much.
     *
     * @param preset name of a preset; null or blank for the installation's
     * @param normalise {@code true} or {@code false}; null or blank for the installation's
     */
    void encodeAgain(String id, String preset, String normalise) {
        VideoRow video = find(id, Action.CONTROL);
        PlanRequest.Wishes wanted = wishes.read(preset, normalise)
                .orElseThrow(() -> new ProblemException(ErrorCode.INVALID_VALUE, EncodeAgain.explained()));
        boolean begun = transactions.write(() -> {
            quota.admitSet(figures.publishedBytes(video.videoId()));
            return ledger.encodeAgain(video.videoId(), wanted);
        });
        if (!begun) {
            String why = video.sourceDroppedAt != null
                    ? "The uploaded file was deleted after the video was finished."
                    : "It is being worked on: stop that first, or wait.";
            throw new ProblemException(ErrorCode.CANNOT_ENCODE_AGAIN, why);
        }
    }

    /** Shows another moment on the poster. */
    void choosePoster(String id, double seconds) {
        if (!ledger.choosePoster(find(id, Action.EDIT).videoId(), seconds)) {
            throw new ProblemException(ErrorCode.INVALID_VALUE, "There is no picture at this moment of the video.");
        }
    }

    /** Whether {@link #encodeAgain} can be offered: a file that was refused would be refused again. */
    static boolean canEncodeAgain(VideoRow video) {
        return video.state.isWorthRetrying() && video.sourceDroppedAt == null;
    }
}
