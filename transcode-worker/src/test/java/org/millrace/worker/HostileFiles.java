package org.millrace.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes files that mean harm. */
public final class HostileFiles {

    private final Path folder;

    /** Makes them in a folder. */
    public HostileFiles(Path folder) {
        this.folder = folder;
    }

    /** A text under a name. */
    public Path text(String name, String content) {
        return bytes(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes under a name. */
    public Path bytes(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An archive with a film in it. */
    public Path zip(String name, Path film) {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("../../film.mp4"));
            Files.copy(film, zip);
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An uncompressed archive: the film's bytes begin after the first block. */
    public Path tar(String name, Path film) {
        byte[] head = new byte[512];
        System.arraycopy("film.mp4".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 8);
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, head, 257, 5);
        return bytes(name, concat(head, read(film)));
    }

    /** A film with bytes replaced where a box of a name is. */
    public Path patched(String name, Path film, String box, int offset, byte[] replacement) {
        byte[] bytes = read(film);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(box) + 4 + offset;
        System.arraycopy(replacement, 0, bytes, at, replacement.length);
        return bytes(name, bytes);
    }

    /** A film whose data reference is a URL, its flag for "in this file" gone. */
    public Path referring(String name, Path film, String type, byte[] location) {
        byte[] bytes = read(film);
        int dref = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("dref") - 4;
        byte[] entry = box(type, concat(new byte[4], location));
        byte[] reference = box("dref", concat(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, entry));
        int old = ByteBuffer.wrap(bytes).getInt(dref);
        byte[] grown = concat(slice(bytes, 0, dref), concat(reference, slice(bytes, dref + old, bytes.length)));
        grow(grown, dref, reference.length - old, List.of("dinf", "minf", "mdia", "trak", "moov"));
        return bytes(name, grown);
    }

    /** A film with another box behind one of its boxes; all that hold it grow. */
    public Path with(String name, Path film, String before, byte[] box, List<String> parents) {
        byte[] bytes = read(film);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(before) - 4;
        int end = at + ByteBuffer.wrap(bytes).getInt(at);
        byte[] grown = concat(slice(bytes, 0, end), concat(box, slice(bytes, end, bytes.length)));
        grow(grown, at, box.length, parents);
        return bytes(name, grown);
    }

    /** Enlarges the boxes around a place. */
    private static void grow(byte[] bytes, int place, int by, List<String> parents) {
        for (String parent : parents) {
            int at = new String(bytes, 0, place, StandardCharsets.ISO_8859_1).lastIndexOf(parent) - 4;
            ByteBuffer.wrap(bytes).putInt(at, ByteBuffer.wrap(bytes).getInt(at) + by);
        }
    }

    /** A film with a long list of edits, each a moment long. */
    public Path edited(String name, Path film, int edits) {
        byte[] bytes = read(film);
        int edts = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("edts") - 4;
        ByteBuffer list = ByteBuffer.allocate(8 + 12 * edits).putInt(0).putInt(edits);
        for (int i = 0; i < edits; i++) {
            list.putInt(1).putInt(i % 500 * 100).putInt(1 << 16);
        }
        byte[] box = box("edts", box("elst", list.array()));
        int old = ByteBuffer.wrap(bytes).getInt(edts);
        byte[] grown = concat(slice(bytes, 0, edts), concat(box, slice(bytes, edts + old, bytes.length)));
        grow(grown, edts, box.length - old, List.of("trak", "moov"));
        return bytes(name, grown);
    }

    /** A Matroska file whose segment says that it goes on in another file. */
    public Path linked(String name, Path matroska) {
        byte[] bytes = read(matroska);
        // SegmentUID, NextUID and NextFilename, put into the space that muxers leave as Void.
        ByteArrayOutputStream links = new ByteArrayOutputStream();
        links.writeBytes(element(new int[] {0x73, 0xa4}, new byte[16]));
        links.writeBytes(element(new int[] {0x3e, 0xb9, 0x23}, new byte[16]));
        links.writeBytes(element(new int[] {0x3e, 0x83, 0xbb}, "canary.mp4".getBytes(StandardCharsets.UTF_8)));
        byte[] info = {0x15, 0x49, (byte) 0xa9, 0x66};
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(info, StandardCharsets.ISO_8859_1));
        int length = Byte.toUnsignedInt(bytes[at + 4]) == 1
                ? (int) (ByteBuffer.wrap(bytes, at + 4, 8).getLong() & 0xffffffffL)
                : bytes[at + 4] & 0x7f;
        int sizeBytes = Byte.toUnsignedInt(bytes[at + 4]) == 1 ? 8 : 1;
        byte[] content = concat(slice(bytes, at + 4 + sizeBytes, at + 4 + sizeBytes + length), links.toByteArray());
        byte[] grown = concat(
                slice(bytes, 0, at),
                concat(
                        element(new int[] {0x15, 0x49, 0xa9, 0x66}, content),
                        slice(bytes, at + 4 + sizeBytes + length, bytes.length)));
        return bytes(name, grown);
    }

    /** A GIF of the largest size that its header can claim. */
    public Path giantGif(String name) {
        ByteBuffer gif = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 65535)
                .putShort((short) 65535);
        gif.put((byte) 0xf0).put((byte) 0).put((byte) 0).put(new byte[] {0, 0, 0, -1, -1, -1});
        gif.put((byte) 0x2c)
                .putInt(0)
                .putShort((short) 65535)
                .putShort((short) 65535)
                .put((byte) 0);
        gif.put((byte) 2)
                .put((byte) 2)
                .put((byte) 0x4c)
                .put((byte) 1)
                .put((byte) 0)
                .put((byte) 0x3b);
        return bytes(name, slice(gif.array(), 0, gif.position()));
    }

    /** A film of VP8 of the largest size that its header can claim. */
    public Path giantVp8(String name) {
        byte[] bytes = read(Clips.silent("small-vp8.ivf", 1, 10, "-c:v", "libvpx"));
        // Behind the file's and the frame's header and the three bytes of the key frame's start code.
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(32 + 12 + 6, (short) 16383)
                .putShort(32 + 12 + 8, (short) 16383);
        return bytes(name, bytes);
    }

    /** A film of JPEGs of the largest size that their headers can claim. */
    public Path giantJpegs(String name) {
        byte[] bytes = read(Clips.silent("small-jpegs.avi", 1, 10, "-c:v", "mjpeg"));
        for (int i = 0; i + 8 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xff && bytes[i + 1] == (byte) 0xc0 && bytes[i + 2] == 0) {
                ByteBuffer.wrap(bytes).putShort(i + 5, (short) 65500).putShort(i + 7, (short) 65500);
            }
        }
        return bytes(name, bytes);
    }

    /** A PNG animation of a size that is only claimed. */
    public Path giantPng(String name) {
        byte[] bytes =
                read(Clips.make("small.apng", List.of("-f", "lavfi", "-i", "testsrc2=s=64x64:r=5:d=1", "-f", "apng")));
        ByteBuffer.wrap(bytes).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 sum = new CRC32();
        sum.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) sum.getValue());
        return bytes(name, bytes);
    }

    /** Uncompressed pictures at any rate. */
    public Path rapid(String name, String rate, int pictures) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("YUV4MPEG2 W64 H36 F" + rate + " Ip A1:1 C420jpeg\n").getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < pictures; i++) {
            out.writeBytes("FRAME\n".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(new byte[64 * 36 * 3 / 2]);
        }
        return bytes(name, out.toByteArray());
    }

    /** A box of ISO/IEC 14496-12. */
    public static byte[] box(String type, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content)
                .array();
    }

    private static byte[] element(int[] id, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int part : id) {
            out.write(part);
        }
        out.write(1);
        byte[] length = ByteBuffer.allocate(8).putLong(content.length).array();
        out.write(length, 1, 7);
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** All bytes of a file. */
    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One after the other. */
    public static byte[] concat(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Boxes in boxes. */
    public Path nested(String name, int depth) {
        byte[] inside = new byte[0];
        for (int i = 0; i < depth; i++) {
            inside = box(i % 2 == 0 ? "moov" : "trak", inside);
        }
        return bytes(name, concat(box("ftyp", "isom\0\0\0\0isom".getBytes(StandardCharsets.US_ASCII)), inside));
    }

    /** Nothing, much of it. */
    public Path zeros(String name, long length) {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[1 << 16];
            for (long written = 0; written < length; written += block.length) {
                out.write(block);
            }
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
