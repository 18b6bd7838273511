package org.millrace.store;

import org.millrace.model.key.ObjectKey;

/** The parts of a direct upload are not yet, or not any more, those that it is to be made of. */
public final class WrongPartsException extends MediaStoreException {

    private static final long serialVersionUID = 1;

    /** Of the upload under this key. */
    public WrongPartsException(ObjectKey key) {
        super("The parts of " + key + " are not those that were announced");
    }
}
