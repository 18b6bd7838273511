package org.millrace.api.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.task.Fragment;

/** A fragmented MP4 as ffmpeg writes it, cut into its initialisation section and its fragments. */
final class FragmentedFile {

    private final byte[] bytes;
    private byte[] init = {};
    private int timescale;
    private final List<byte[]> fragments = new ArrayList<>();
    private final List<Fragment> facts = new ArrayList<>();

    FragmentedFile(byte[] bytes) {
        this.bytes = bytes;
        for (int at = 0; at < bytes.length; at += size(at)) {
            switch (type(at)) {
                case "moov" -> {
                    init = slice(0, at + size(at));
                    timescale = timescale(at);
                }
                case "moof" -> addFragment(at);
                default -> {
                    // What is neither at the head nor a fragment is of no use to players.
                }
            }
        }
    }

    /** {@code ftyp} and {@code moov}. */
    byte[] init() {
        return init;
    }

    int timescale() {
        return timescale;
    }

    int count() {
        return fragments.size();
    }

    /** What is to be known of a fragment, apart from where it lies. */
    Fragment fact(int number) {
        return facts.get(number);
    }

    /** The initialisation section and some of the fragments, one after the other. */
    byte[] with(int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(init);
        fragments.subList(from, to).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private void addFragment(int moof) {
        int traf = child(moof, "traf");
        int tfhd = child(traf, "tfhd");
        int trun = child(traf, "trun");
        int samples = number(trun + 12);
        int size = size(moof) + size(moof + size(moof));
        fragments.add(slice(moof, moof + size));
        facts.add(new Fragment(0, size, duration(tfhd, trun, samples), samples));
    }

    private long duration(int tfhd, int trun, int samples) {
        int flags = number(trun + 8) & 0xffffff;
        int common = number(tfhd + 8) & 0xffffff;
        if ((flags & 0x100) == 0) {
            int at = tfhd + 16 + ((common & 1) != 0 ? 8 : 0) + ((common & 2) != 0 ? 4 : 0);
            return (long) samples * number(at);
        }
        int fields =
                4 + ((flags & 0x200) != 0 ? 4 : 0) + ((flags & 0x400) != 0 ? 4 : 0) + ((flags & 0x800) != 0 ? 4 : 0);
        int at = trun + 16 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        long duration = 0;
        for (int i = 0; i < samples; i++) {
            duration += number(at + i * fields);
        }
        return duration;
    }

    private int timescale(int moov) {
        int mdhd = child(child(child(moov, "trak"), "mdia"), "mdhd");
        return number(mdhd + (bytes[mdhd + 8] == 0 ? 20 : 28));
    }

    private int child(int parent, String type) {
        for (int at = parent + 8; at < parent + size(parent); at += size(at)) {
            if (type(at).equals(type)) {
                return at;
            }
        }
        throw new AssertionError("No " + type);
    }

    private int size(int at) {
        return number(at);
    }

    private String type(int at) {
        return new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    private int number(int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private byte[] slice(int from, int to) {
        byte[] part = new byte[to - from];
        System.arraycopy(bytes, from, part, 0, part.length);
        return part;
    }
}
