package org.millrace.standalone.chaos;

import java.io.IOException;
import java.util.Random;

/** Something that is done to an installation from outside. */
interface Fault {

    /**
     * Does it, sees that it has happened, and makes all as it was, as far as a supervisor would.
     *
     * @throws AssertionError if it could not be made to happen
     */
    void strike(Campaign campaign, Random dice) throws IOException;
}
