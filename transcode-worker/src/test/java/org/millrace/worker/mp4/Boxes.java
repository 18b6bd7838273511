package org.millrace.worker.mp4;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Builds small files box by box, so that each can be wrong in exactly one way. */
final class Boxes {

    static final int SYNC = 0x02000000;
    static final int NOT_SYNC = 0x01010000;

    private Boxes() {}

    static byte[] box(String type, byte[]... content) {
        byte[] body = join(content);
        return ByteBuffer.allocate(8 + body.length)
                .putInt(8 + body.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(body)
                .array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.array();
    }

    static byte[] text(String letters) {
        return letters.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] ftyp() {
        return box("ftyp", text("iso5"), ints(512), text("iso5iso6mp41"));
    }

    /** A video track, 90 kHz, whose edit list cuts 6000 ticks. */
    static byte[] videoInit() {
        byte[] avc1 = box(
                "avc1",
                ints(0, 1),
                new byte[16],
                hex("0500 02d0"),
                new byte[50],
                box("avcC", hex("01 64001f ff e100")));
        return init("vide", 90_000, avc1, 6000);
    }

    /** A stereo audio track, 48 kHz, whose edit list cuts 1024 ticks. */
    static byte[] audioInit() {
        byte[] esds = box(
                "esds",
                ints(0),
                hex("03 80808022 0001 00 04 80808014 40 15 000000 0001f400 0001f400"),
                hex("05 80808002 1190 06 80808001 02"));
        byte[] mp4a = box("mp4a", ints(0, 1), new byte[8], hex("0002 0010 0000 0000"), ints(48_000 << 16), esds);
        return init("soun", 48_000, mp4a, 1024);
    }

    static byte[] init(String handler, int timescale, byte[] entry, int mediaTime) {
        byte[] mdia = box(
                "mdia",
                box("mdhd", ints(0, 0, 0, timescale, 0, 0)),
                box("hdlr", ints(0, 0), text(handler), new byte[12]),
                box("minf", box("stbl", box("stsd", ints(0, 1), entry))));
        byte[] trak = box(
                "trak",
                box("tkhd", ints(0, 0, 0, 1, 0, 0)),
                box("edts", box("elst", ints(0, 1, 0, mediaTime, 1 << 16))),
                mdia);
        byte[] moov = box(
                "moov", box("mvhd", ints(0, 0, 0, 1000, 0)), trak, box("mvex", box("trex", ints(0, 1, 1, 0, 0, 0))));
        return join(ftyp(), moov);
    }

    /** A fragment whose samples last 3000 ticks and hold 4 bytes each; the first is a key frame. */
    static byte[] fragment(int sequence, long base, int samples) {
        return fragment(sequence, base, samples, 0x020020, 0);
    }

    static byte[] fragment(int sequence, long base, int samples, int tfhdFlags, int offsetError) {
        int trunSize = 8 + 12 + 16 * samples;
        int moofSize = 8 + 16 + 8 + 20 + 20 + trunSize;
        ByteBuffer trun =
                ByteBuffer.allocate(trunSize - 8).putInt(0xf01).putInt(samples).putInt(moofSize + 8 + offsetError);
        for (int i = 0; i < samples; i++) {
            trun.putInt(3000).putInt(4).putInt(i == 0 ? SYNC : NOT_SYNC).putInt(6000);
        }
        byte[] traf = box(
                "traf",
                box("tfhd", ints(tfhdFlags, 1, NOT_SYNC)),
                box("tfdt", ints(1 << 24, (int) (base >>> 32), (int) base)),
                box("trun", trun.array()));
        byte[] data = new byte[4 * samples];
        Arrays.fill(data, (byte) sequence);
        return join(box("moof", box("mfhd", ints(0, sequence)), traf), box("mdat", data));
    }

    /** A fragment with one sample of four bytes that claims another size; only the header describes it. */
    static byte[] fragmentOfOne(int claimed) {
        byte[] traf = box(
                "traf",
                box("tfhd", ints(0x020038, 1, 3000, claimed, SYNC)),
                box("tfdt", ints(1 << 24, 0, 0)),
                box("trun", ints(0x1, 1, 16 + 8 + 28 + 20 + 20 + 8 + 8)));
        return join(box("moof", box("mfhd", ints(0, 1)), traf), box("mdat", new byte[4]));
    }
}
