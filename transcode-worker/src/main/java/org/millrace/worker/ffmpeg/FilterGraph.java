package org.millrace.worker.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A filter graph put together from chains between named pads. */
final class FilterGraph {

    private static final Pattern PAD = Pattern.compile("[a-z0-9:]{1,20}");

    private final List<String> chains = new ArrayList<>();

    /** Adds a chain from one pad, or from a filter that needs none, through filters in order, to pads. */
    FilterGraph chain(Optional<String> from, List<Filter> filters, List<String> to) {
        return chain(from.stream().toList(), filters, to);
    }

    /** Adds a chain from pads, through filters in order, to pads. */
    FilterGraph chain(List<String> from, List<Filter> filters, List<String> to) {
        StringBuilder chain = new StringBuilder();
        from.forEach(name -> chain.append(pad(name)));
        chain.append(String.join(",", filters.stream().map(Filter::text).toList()));
        to.forEach(name -> chain.append(pad(name)));
        chains.add(chain.toString());
        return this;
    }

    /** The graph as ffmpeg reads it. */
    String text() {
        return String.join(";", chains);
    }

    /** A pad's name in brackets. */
    static String pad(String name) {
        if (!PAD.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a pad name: " + name);
        }
        return "[" + name + "]";
    }

    /** A chain for one input and one output, without pads. */
    static String simple(List<Filter> filters) {
        return String.join(",", filters.stream().map(Filter::text).toList());
    }
}
