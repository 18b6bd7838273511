package org.millrace.store;

import org.millrace.model.key.ObjectKey;

/** Nothing of the kind asked for is stored under this key. */
public class NoSuchObjectException extends MediaStoreException {

    private static final long serialVersionUID = 1;

    private final transient ObjectKey key;

    NoSuchObjectException(ObjectKey key) {
        super("Nothing is stored as " + key);
        this.key = key;
    }

    /** The key under which nothing was found. */
    public ObjectKey key() {
        return key;
    }
}
