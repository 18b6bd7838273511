package org.millrace.worker.replica;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The structure of a Matroska or WebM file (RFC 9559): everything in front of the first cluster, and what the seek head
 * names behind it. A file without cues is searched by reading it, and is left alone.
 */
final class MatroskaStructure {

    private static final int EBML = 0x1A45DFA3;
    private static final int SEGMENT = 0x18538067;
    private static final int SEEK_HEAD = 0x114D9B74;
    private static final int SEEK = 0x4DBB;
    private static final int SEEK_POSITION = 0x53AC;
    private static final int CLUSTER = 0x1F43B675;
    private static final int CUES = 0x1C53BB6B;
    private static final int CUE_POINT = 0xBB;
    private static final int CUE_TRACK_POSITIONS = 0xB7;
    private static final int CUE_CLUSTER_POSITION = 0xF1;

    private static final int MOST_ELEMENTS = 256;
    private static final int LONGEST_HEADER = 12;

    private final Replica replica;
    private final Runnable going;
    private final TreeSet<Long> clusters = new TreeSet<>();
    private final Deque<Long> named = new ArrayDeque<>();
    private long segment;
    private long bytes;
    private boolean cues;

    private MatroskaStructure(Replica replica, Runnable going) {
        this.replica = replica;
        this.going = going;
    }

    /** Fetches it; empty if the file is built in another way. */
    static Optional<FileStructure> fetch(Replica replica, Runnable going) throws IOException {
        ByteBuffer first = replica.bytes(0, 4, going);
        if (first.remaining() < 4 || first.getInt() != EBML) {
            return Optional.empty();
        }
        MatroskaStructure structure = new MatroskaStructure(replica, going);
        try {
            structure.read();
        } catch (EbmlReader.NotEbmlException e) {
            return Optional.empty();
        }
        return structure.cues ? Optional.of(structure::startOf) : Optional.empty();
    }

    private long startOf(long offset) {
        Long cluster = clusters.floor(offset);
        return cluster == null ? 0 : cluster;
    }

    private void read() throws IOException {
        long position = element(0).end();
        Element top = element(position);
        if (top.id() != SEGMENT) {
            throw new EbmlReader.NotEbmlException();
        }
        segment = top.body();
        position = segment;
        for (int elements = 0; position < replica.size() && elements < MOST_ELEMENTS; elements++) {
            Element element = element(position);
            if (element.id() == CLUSTER) {
                break;
            }
            take(element);
            position = element.end();
        }
        for (int elements = 0; !named.isEmpty() && elements < MOST_ELEMENTS; elements++) {
            long place = named.remove();
            if (place >= position && place < replica.size()) {
                take(element(place));
            }
        }
    }

    private void take(Element element) throws IOException {
        bytes += element.end() - element.start();
        if (element.id() == CLUSTER || bytes > FileStructure.MOST_BYTES || element.end() > replica.size()) {
            return;
        }
        replica.require(element.start(), element.end(), going);
        int length = Math.toIntExact(element.end() - element.body());
        if (element.id() == SEEK_HEAD) {
            for (long place : numbers(content(element, length), List.of(SEEK, SEEK_POSITION))) {
                named.add(segment + place);
            }
        } else if (element.id() == CUES) {
            List<Integer> way = List.of(CUE_POINT, CUE_TRACK_POSITIONS, CUE_CLUSTER_POSITION);
            numbers(content(element, length), way).forEach(place -> clusters.add(segment + place));
            cues = true;
        }
    }

    private EbmlReader content(Element element, int length) throws IOException {
        return new EbmlReader(replica.bytes(element.body(), length, going));
    }

    /** The numbers at the end of a way through elements, each in the one before it. */
    private static Collection<Long> numbers(EbmlReader reader, List<Integer> way) throws IOException {
        List<Long> numbers = new ArrayList<>();
        while (reader.hasMore()) {
            int id = reader.id();
            EbmlReader body = reader.body(reader.size());
            if (id == way.getFirst() && way.size() == 1) {
                numbers.add(body.number());
            } else if (id == way.getFirst()) {
                numbers.addAll(numbers(body, way.subList(1, way.size())));
            }
        }
        return numbers;
    }

    private record Element(int id, long start, long body, long end) {}

    private Element element(long position) throws IOException {
        ByteBuffer bytesThere = replica.bytes(position, LONGEST_HEADER, going);
        EbmlReader reader = new EbmlReader(bytesThere);
        int id = reader.id();
        long size = reader.size();
        long body = position + bytesThere.position();
        // Only a segment or a cluster may leave its size open.
        long end = size == EbmlReader.UNKNOWN || size > Long.MAX_VALUE - body ? Long.MAX_VALUE : body + size;
        return new Element(id, position, body, end);
    }
}
