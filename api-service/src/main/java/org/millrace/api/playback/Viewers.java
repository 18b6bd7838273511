package org.millrace.api.playback;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import org.millrace.api.account.Access;
import org.millrace.api.account.Action;
import org.millrace.api.account.CurrentUser;

/** Asks on behalf of a media request, which has no request context of its own, whether it may be answered. */
@ApplicationScoped
class Viewers {

    private final CurrentUser current;
    private final Access access;

    Viewers(CurrentUser current, Access access) {
        this.current = current;
        this.access = access;
    }

    /** Whether everybody may fetch the pictures and the sound of a video of this owner. */
    boolean mayEverybodyWatch(String owner) {
        return access.mayAnybody(Action.WATCH, owner);
    }

    /** Whether whoever asks may fetch the pictures and the sound of a video of this owner. */
    @ActivateRequestContext
    boolean mayWatch(String owner) {
        return access.may(current.get(), Action.WATCH, owner);
    }
}
