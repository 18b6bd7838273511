package org.millrace.api.ledger;

/** CDI event: something in the media store is not needed any more, and its space is. */
public record GarbageNoted() {}
