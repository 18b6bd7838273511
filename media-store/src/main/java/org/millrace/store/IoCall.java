package org.millrace.store;

import java.io.IOException;

/** A piece of work on files that gives a result or fails. */
@FunctionalInterface
interface IoCall<T> {

    /** Does the work. */
    T run() throws IOException;
}
