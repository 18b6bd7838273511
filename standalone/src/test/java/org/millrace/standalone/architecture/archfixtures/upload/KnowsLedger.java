package org.millrace.standalone.architecture.archfixtures.upload;

import org.millrace.standalone.architecture.archfixtures.worker.KnowsApi;

/** Half of a circle. */
public class KnowsLedger {

    KnowsApi other;
}
