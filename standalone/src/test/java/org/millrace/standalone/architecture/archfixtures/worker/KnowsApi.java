package org.millrace.standalone.architecture.archfixtures.worker;

import org.millrace.standalone.architecture.archfixtures.ledger.LedgerType;
import org.millrace.standalone.architecture.archfixtures.upload.KnowsLedger;

/** A worker that knows the API, and the other half of a circle. */
public class KnowsApi {

    KnowsLedger other;
    LedgerType ledger;
}
