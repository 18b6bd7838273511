package org.millrace.api.account;

import java.util.Optional;

/** Another server with which our pages exchange bytes, if the settings say so: their browsers have to be told. */
@FunctionalInterface
public interface ForeignOrigin {

    /** Scheme, host and port as browsers write them, {@code https://cdn.example}; empty if there is no such server. */
    Optional<String> origin();
}
