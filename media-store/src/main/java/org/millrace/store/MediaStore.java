package org.millrace.store;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.millrace.model.key.ObjectKey;

/**
 * The place where media bytes live. It holds <em>objects</em>, whole and immutable until they are replaced or
 * deleted, and <em>appends</em>, objects that are still being received.
 *
 * <p><b>Objects.</b> Storing is atomic and durable: a reader sees the whole old object or the whole new one, and what
 * a method has acknowledged by returning survives {@code kill -9} and loss of power. An object's key must not lie
 * below the key of another object.
 *
 * <p><b>Appends.</b> An append lives under a key like an object but is not one: nothing but the append methods and
 * {@link #deletePrefix} sees it. All of its state is in the store, so any process can go on where another died. Calls
 * for one append come one after the other; a second writer of the same process is refused with
 * {@link AppendBusyException}.
 *
 * <p><b>Failures.</b> All are unchecked. Trouble with the disk, the network or the permissions is a
 * {@link MediaStoreException} and may go away by itself; the subclasses say what the caller can do something about. No
 * argument and no result is null. All methods may be called from any thread, and block.
 */
public interface MediaStore {

    /**
     * Stores a copy of a file, which must not change meanwhile; replaces an object of this key.
     *
     * @throws StoreFullException if there is no room; then nothing has changed
     */
    StoredObject put(ObjectKey key, Path file);

    /** Stores bytes; replaces an object of this key. For small things: playlists, manifests, posters. */
    StoredObject put(ObjectKey key, byte[] bytes);

    /**
     * Takes a file over: afterwards it is an object and its path is gone. On the same file system this is a rename
     * without a second copy; then the result carries no SHA-256.
     *
     * @throws StoreFullException if there is no room; then the file is still there
     */
    StoredObject adopt(ObjectKey key, Path file);

    /**
     * Opens an object from its first byte on; the caller closes the stream. It goes on delivering this object even if
     * the key is replaced meanwhile.
     *
     * @throws NoSuchObjectException if there is none
     */
    InputStream read(ObjectKey key);

    /**
     * Opens a part of an object; the caller closes the stream. Where the object ends earlier, the stream ends earlier;
     * a range that begins at the end or beyond it is empty.
     *
     * @param offset first byte, counting from 0
     * @param length bytes at most, 0 or more
     * @throws NoSuchObjectException if there is no such object
     * @throws IllegalArgumentException if offset or length are negative
     */
    InputStream read(ObjectKey key, long offset, long length);

    /** What is known about an object without reading it; empty if there is none. */
    Optional<ObjectInfo> stat(ObjectKey key);

    /** Deletes an object; an absent one is fine. */
    void delete(ObjectKey key);

    /**
     * Deletes every object whose key {@linkplain ObjectKey#isUnder is under} the prefix and drops every append there.
     * Objects stored by others while this runs may survive it.
     */
    void deletePrefix(ObjectKey prefix);

    /**
     * All objects whose key is under the prefix, in no promised order, fetched as the stream is consumed. Objects that
     * come or go meanwhile may or may not appear. Appends do not appear.
     */
    Stream<ObjectInfo> list(ObjectKey prefix);

    /** The object as a file that may be read (never written), if it exists and this store keeps files. */
    Optional<Path> localPath(ObjectKey key);

    /**
     * A URL that lets its holder read this one object for a while, if this store can issue such URLs. Whether the
     * object exists is not checked.
     *
     * @param validity at most seven days
     */
    Optional<URI> presignGet(ObjectKey key, Duration validity);

    /**
     * Gives an object another key, replacing an object there. Repeating a move that was done already is fine. On a
     * local disk it is a rename; on S3 a server-side copy that takes time with size, so an upload that is to become a
     * source is better appended under the source's key from the start.
     *
     * @throws NoSuchObjectException if there is an object under neither key
     */
    void move(ObjectKey from, ObjectKey to);

    /** Bytes that can still be stored; empty where no limit is known. */
    OptionalLong freeBytes();

    /**
     * Returns if the store can be reached and written to.
     *
     * @throws MediaStoreException with a sentence for the operator if it cannot
     */
    void check();

    /** Removes what writers that died have left behind and that nobody can see, once it is older than this. */
    void sweep(Duration age);

    /** Begins an append of no bytes; one that exists already is left as it is. */
    void createAppend(ObjectKey key);

    /**
     * How many bytes of an append are safe: they survive {@code kill -9} and loss of power. This is where to go on.
     *
     * @throws NoSuchObjectException if there is no append under this key
     */
    long durableOffset(ObjectKey key);

    /**
     * Adds bytes to an append. They are read in order and each once, so a caller that wants their hash wraps the
     * stream; memory use does not depend on their number. A stream that fails has ended: what came before the failure
     * is kept, and the caller sees from the result that it was too little.
     *
     * @param offset where the first of these bytes belongs: the durable offset
     * @param in is read up to its end or {@code maxBytes}, and not closed
     * @return the new durable offset; every byte that was read is below it
     * @throws NoSuchObjectException if there is no append under this key
     * @throws WrongOffsetException if the offset is not the durable one; nothing has been read
     * @throws AppendBusyException if this process is in the middle of another change to this append
     * @throws StoreFullException if there is no room; {@link #durableOffset} tells what was kept
     */
    long append(ObjectKey key, long offset, InputStream in, long maxBytes);

    /**
     * Drops the bytes that the latest {@link #append} brought, because they are not what their sender meant to send.
     *
     * @param offset the one that append was called with; a store may refuse any other but the durable one
     * @throws NoSuchObjectException if there is no append under this key
     * @throws WrongOffsetException if it cannot go back to this offset; nothing has changed
     * @throws AppendBusyException if this process is in the middle of another change to this append
     */
    void truncate(ObjectKey key, long offset);

    /**
     * Makes an append an object, replacing one of this key. Repeating it is fine.
     *
     * @throws NoSuchObjectException if there is neither an append nor an object under this key
     * @throws AppendBusyException if this process is in the middle of another change to this append
     */
    ObjectInfo finishAppend(ObjectKey key);

    /**
     * Drops an append and all of its bytes; an absent one is fine. A writer that is in the middle of it is not waited
     * for.
     */
    void abortAppend(ObjectKey key);

    /** How senders bring bytes here by themselves; empty if they cannot. */
    default Optional<DirectUploads> direct() {
        return Optional.empty();
    }
}
