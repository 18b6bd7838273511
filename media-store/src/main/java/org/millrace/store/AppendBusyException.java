package org.millrace.store;

import org.millrace.model.key.ObjectKey;

/** Another thread is in the middle of changing this append. It goes away when that thread is done. */
public class AppendBusyException extends MediaStoreException {

    private static final long serialVersionUID = 1;

    AppendBusyException(ObjectKey key) {
        super("The append " + key + " is being written by another request");
    }
}
