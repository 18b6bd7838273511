package org.millrace.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.jboss.logging.Logger;

/**
 * Starts the program. What an operator can mend ends it with one line on standard error and exit code 1; anything else
 * that prevents the start is a fault of the program and is logged with its stack trace.
 */
@QuarkusMain
public final class Main {

    private Main() {}

    /** Runs until the program is asked to stop. */
    public static void main(String... arguments) {
        try {
            Quarkus.run(null, Main::end, arguments);
        } catch (ExceptionInInitializerError e) {
            // A part of the settings is read while the generated application is still being loaded.
            end(1, e);
        }
    }

    private static void end(int code, Throwable failure) {
        if (failure != null) {
            Refusal.of(failure)
                    .ifPresentOrElse(
                            sentence -> System.err.println("Millrace cannot start: " + sentence),
                            () -> Logger.getLogger(Main.class).error("Millrace cannot start", failure));
        }
        System.exit(code);
    }
}
