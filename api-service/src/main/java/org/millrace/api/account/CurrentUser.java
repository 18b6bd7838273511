package org.millrace.api.account;

import jakarta.enterprise.context.RequestScoped;

/** The user whose request is being answered. */
@RequestScoped
public class CurrentUser {

    /** Who asks; never null. */
    public User get() {
        return User.LOCAL;
    }
}
