package org.millrace.api.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.Cancel;

/** Tells the steps what has changed, as CDI events, once the change is committed. */
@ApplicationScoped
class LedgerNews {

    private final Transactions transactions;
    private final Event<VideoTouched> touched;
    private final Event<WorkReleased> released;
    private final Event<Cancel> cancelled;
    private final Event<GarbageNoted> garbage;
    private final Event<Milestone> milestones;

    LedgerNews(
            Transactions transactions,
            Event<VideoTouched> touched,
            Event<WorkReleased> released,
            Event<Cancel> cancelled,
            Event<GarbageNoted> garbage,
            Event<Milestone> milestones) {
        this.transactions = transactions;
        this.touched = touched;
        this.released = released;
        this.cancelled = cancelled;
        this.garbage = garbage;
        this.milestones = milestones;
    }

    void touched(VideoId video) {
        transactions.afterCommit(() -> touched.fire(new VideoTouched(video, true)));
    }

    void workReleased() {
        transactions.afterCommit(() -> released.fire(new WorkReleased()));
    }

    void unwanted(Cancel cancel) {
        transactions.afterCommit(() -> cancelled.fire(cancel));
    }

    void garbage() {
        transactions.afterCommit(() -> garbage.fire(new GarbageNoted()));
    }

    void reached(Milestone milestone) {
        transactions.afterCommit(() -> milestones.fire(milestone));
    }
}
