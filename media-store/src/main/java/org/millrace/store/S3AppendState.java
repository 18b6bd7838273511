package org.millrace.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the store holds of one append, read from nothing but the names of its state objects:
 *
 * <ul>
 *   <li>{@code .begin}: the append exists; its content is the identifier of the multipart upload;
 *   <li>{@code .part/<number>-<start>-<end>}: this part of that upload holds these bytes;
 *   <li>{@code .tail/<start>-<end>}: the content of this object are these bytes, too few yet for a part.
 * </ul>
 *
 * A tail lies in an object of its own name and outlives the parts made of it until the next append begins. So a writer
 * that was given up for dead can never shorten what another has stored, and the latest append can be undone.
 */
record S3AppendState(boolean begun, List<Part> parts, List<Tail> tails) {

    static final String BEGIN = ".begin";
    private static final String PART = ".part/";
    private static final String TAIL = ".tail/";

    /** Bytes of the append from start to end that are a part. */
    record Part(int number, long start, long end) {

        /** Name of its state object. */
        String name() {
            return PART + number + "-" + start + "-" + end;
        }

        long size() {
            return end - start;
        }
    }

    /** Bytes of the append from start to end that are an object of their own. */
    record Tail(long start, long end) {

        /** Name of its state object. */
        String name() {
            return TAIL + start + "-" + end;
        }
    }

    /** Reads the state from names without what is common to all state objects of the append. */
    static S3AppendState of(Stream<String> names) {
        boolean begun = false;
        var parts = new TreeMap<Integer, Part>();
        List<Tail> tails = new ArrayList<>();
        for (String name : (Iterable<String>) names::iterator) {
            if (name.equals(BEGIN)) {
                begun = true;
            } else if (name.startsWith(PART)) {
                String[] numbers = name.substring(PART.length()).split("-");
                int number = Integer.parseInt(numbers[0]);
                parts.put(number, new Part(number, Long.parseLong(numbers[1]), Long.parseLong(numbers[2])));
            } else if (name.startsWith(TAIL)) {
                String[] numbers = name.substring(TAIL.length()).split("-");
                tails.add(new Tail(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
            }
        }
        return new S3AppendState(begun, List.copyOf(parts.values()), tails);
    }

    /** The bytes that are parts. */
    long sent() {
        return parts.isEmpty() ? 0 : parts.getLast().end();
    }

    /** The bytes after the parts, if there are any. */
    Optional<Tail> tail() {
        return tails.stream().filter(tail -> tail.start() == sent()).max(Comparator.comparingLong(Tail::end));
    }

    /** All bytes. */
    long durable() {
        return tail().map(Tail::end).orElse(sent());
    }

    /** The state without anything beyond an offset. */
    S3AppendState upTo(long offset) {
        return new S3AppendState(
                begun,
                parts.stream().filter(part -> part.end() <= offset).toList(),
                tails.stream().filter(tail -> tail.end() <= offset).toList());
    }
}
