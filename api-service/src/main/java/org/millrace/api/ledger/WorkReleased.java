package org.millrace.api.ledger;

/** CDI event: there may be something to dispatch. */
public record WorkReleased() {}
