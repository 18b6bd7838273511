package org.millrace.api.ledger;

/** CDI event: there may be something to delete from the media store. */
public record GarbageNoted() {}
