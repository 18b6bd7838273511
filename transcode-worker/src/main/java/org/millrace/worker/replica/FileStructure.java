package org.millrace.worker.replica;

import java.io.IOException;
import java.util.Optional;

/**
 * What a demuxer reads of a file besides media: it is where the container has put it, and has been fetched. Only
 * containers with an index have one; without it, whoever searches reads everything.
 */
@FunctionalInterface
public interface FileStructure {

    /** Structures with more bytes are no cheaper than the file. */
    long MOST_BYTES = 256L << 20;

    /** Where reading has to begin for the packet at an offset: at the start of what contains it. */
    long startOf(long offset);

    /**
     * Fetches the structure of a replica.
     *
     * @param going is asked again and again whether to go on; what it throws comes out here
     * @return empty if the file is of another container, has no index, or is not built as it should be
     * @throws IOException if bytes could not be fetched
     */
    static Optional<FileStructure> fetch(Replica replica, Runnable going) throws IOException {
        Optional<FileStructure> matroska = MatroskaStructure.fetch(replica, going);
        return matroska.isPresent() ? matroska : Mp4Structure.fetch(replica, going);
    }
}
