package org.millrace.standalone.architecture.archfixtures.ledger;

/** Something of the API that a worker must not know. */
public class LedgerType {}
