package org.millrace.api.account;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The one question of access, {@code may(user, action, owner of the video)}: asked by every page, route, stream and
 * media request before anything is answered.
 */
@ApplicationScoped
public class Access {

    /**
     * Whether a user may do something.
     *
     * @param user who asks
     * @param action what they want
     * @param owner whose video or upload it is; null if it concerns none
     */
    public boolean may(User user, Action action, String owner) {
        return owner == null || owner.equals(user.name());
    }

    /**
     * Whether anybody in the world may do something, so that it need not be asked again. Without accounts everybody is
     * the one owner.
     *
     * @param action what they want
     * @param owner whose video it is; null if it concerns none
     */
    public boolean mayAnybody(Action action, String owner) {
        return may(User.LOCAL, action, owner);
    }
}
