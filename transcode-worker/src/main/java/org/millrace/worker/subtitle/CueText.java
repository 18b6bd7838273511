package org.millrace.worker.subtitle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a cue: bold, italic and underlined survive, well nested; every other tag goes, its content stays. */
final class CueText {

    private static final int LONGEST = 2000;
    private static final Set<String> KEPT = Set.of("b", "i", "u");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z]{1,12})(?:[.\\s][^<>]{0,500})?>|<[0-9:.]{1,20}>|</?>");
    private static final Map<String, String> ENTITIES = Map.of(
            "&amp;", "&", "&lt;", "<", "&gt;", ">", "&nbsp;", " ", "&lrm;", "", "&rlm;", "", "&quot;", "\"", "&#39;",
            "'");

    private CueText() {}

    /** What is safe of a text in WebVTT's notation; empty if nothing is left. */
    static String safe(String raw) {
        StringBuilder out = new StringBuilder();
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(raw);
        int at = 0;
        boolean said = false;
        while (tag.find() && out.length() < LONGEST) {
            said |= plain(raw.substring(at, tag.start()), out);
            mark(tag, open, out);
            at = tag.end();
        }
        if (out.length() < LONGEST) {
            said |= plain(raw.substring(at), out);
        }
        while (!open.isEmpty()) {
            out.append("</").append(open.pop()).append('>');
        }
        return said ? out.toString().strip() : "";
    }

    private static void mark(Matcher tag, Deque<String> open, StringBuilder out) {
        String name = tag.group(2) == null ? "" : tag.group(2).toLowerCase(Locale.ROOT);
        if (!KEPT.contains(name)) {
            return;
        }
        boolean closes = "/".equals(tag.group(1));
        if (!closes && !open.contains(name)) {
            open.push(name);
            out.append('<').append(name).append('>');
        } else if (closes && open.contains(name)) {
            String inner;
            do {
                inner = open.pop();
                out.append("</").append(inner).append('>');
            } while (!inner.equals(name));
        }
    }

    /** Adds text without a tag; true if any of it can be seen. */
    private static boolean plain(String raw, StringBuilder out) {
        String text = raw;
        for (Map.Entry<String, String> entity : ENTITIES.entrySet()) {
            if (!entity.getKey().equals("&amp;")) {
                text = text.replace(entity.getKey(), entity.getValue());
            }
        }
        // Last, or what it yields would be taken for an entity again.
        text = text.replace("&amp;", "&");
        boolean visible = false;
        for (int i = 0; i < text.length() && out.length() < LONGEST; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\n' -> out.append('\n');
                default -> {
                    if (!Character.isISOControl(c)) {
                        out.append(c);
                    }
                }
            }
            visible |= !Character.isWhitespace(c) && !Character.isISOControl(c);
        }
        return visible;
    }
}
