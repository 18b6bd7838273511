package org.millrace.store;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.millrace.model.key.ObjectKey;

/**
 * Objects whose bytes their sender brings to the store by itself, in numbered parts, each to an address that is signed for
 * it. Like an append it lives under a key without being an object, all of its state is in the store, and
 * {@link MediaStore#abortAppend}, {@link MediaStore#deletePrefix} and {@link MediaStore#sweep} see it; but bytes cannot be
 * appended to it. Failures are those of {@link MediaStore}.
 */
public interface DirectUploads {

    /** Smallest part, but for the last one, in bytes. */
    long LEAST_PART = 5L << 20;

    /** Largest part in bytes. */
    long LARGEST_PART = 5L << 30;

    /** Most parts of an object. */
    int MOST_PARTS = 10_000;

    /** A part that has arrived whole, by its number from 1 and its size in bytes. */
    record Sent(int number, long size) {}

    /** Begins an upload without parts; one that exists already is left as it is. */
    void begin(ObjectKey key);

    /**
     * The address to which a part is sent by {@code PUT}, with exactly that length; sent again it replaces itself.
     *
     * @param number from 1
     * @param length of the part in bytes
     * @param validity at most seven days
     * @throws NoSuchObjectException if there is no such upload
     */
    URI partAddress(ObjectKey key, int number, long length, Duration validity);

    /**
     * The parts that have arrived, by number.
     *
     * @throws NoSuchObjectException if there is no such upload
     */
    List<Sent> sent(ObjectKey key);

    /**
     * Makes the upload an object, if its parts are those that were wanted, and looks whether it has their size. Repeating
     * it is fine.
     *
     * @param parts numbered without a gap from 1
     * @throws NoSuchObjectException if there is neither such an upload nor an object of that size
     * @throws WrongPartsException if other parts have arrived; nothing has changed
     */
    ObjectInfo complete(ObjectKey key, List<Sent> parts);
}
