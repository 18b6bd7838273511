package org.millrace.store;

/** There is no room for the bytes. It goes away when somebody makes room. */
public class StoreFullException extends MediaStoreException {

    private static final long serialVersionUID = 1;

    StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
