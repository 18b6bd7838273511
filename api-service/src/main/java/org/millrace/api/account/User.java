package org.millrace.api.account;

import java.util.Objects;

/**
 * Who asks. Until there are accounts, everybody who reaches the server is its one local owner.
 *
 * @param name stable name; owners of videos and uploads are kept under it
 */
public record User(String name) {

    /** The owner of everything until there are accounts. */
    public static final User LOCAL = new User("local");

    /** Checks the name. */
    public User {
        Objects.requireNonNull(name);
    }
}
