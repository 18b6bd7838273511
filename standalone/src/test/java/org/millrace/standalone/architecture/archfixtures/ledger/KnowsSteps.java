package org.millrace.standalone.architecture.archfixtures.ledger;

import jakarta.inject.Inject;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.millrace.standalone.architecture.archfixtures.upload.KnowsLedger;
import org.millrace.standalone.architecture.archfixtures.worker.KnowsApi;

/** Breaks nearly every rule of a port. */
class KnowsSteps {

    @Inject
    KnowsLedger step;

    @ConfigProperty(name = "x")
    String setting;

    KnowsApi worker;

    Process start() throws IOException {
        return new ProcessBuilder("true").start();
    }
}
