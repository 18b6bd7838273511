package org.millrace.store;

import org.millrace.model.key.ObjectKey;

/** An append was to go on somewhere else than where its durable bytes end. */
public class WrongOffsetException extends MediaStoreException {

    private static final long serialVersionUID = 1;

    private final long durableOffset;

    WrongOffsetException(ObjectKey key, long offset, long durableOffset) {
        super("The append " + key + " has " + durableOffset + " durable bytes and cannot go on at " + offset);
        this.durableOffset = durableOffset;
    }

    /** Where the append can go on. */
    public long durableOffset() {
        return durableOffset;
    }
}
