package org.millrace.worker.mp4;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads {@code ftyp} and {@code moov} of a file with one track. */
final class InitParser {

    private InitParser() {}

    static InitSegment parse(byte[] bytes) throws Mp4Exception {
        BoxBuffer file = new BoxBuffer("file", 0, ByteBuffer.wrap(bytes));
        BoxBuffer ftyp = expect(file, "ftyp");
        int ftypLength = file.body().position();
        BoxBuffer moov = expect(file, "moov");
        if (file.next().isPresent()) {
            throw new Mp4Exception("The init segment holds more than ftyp and moov.");
        }
        ftyp.letters();
        return new InitSegment(bytes, ftypLength, track(moov));
    }

    private static BoxBuffer expect(BoxBuffer parent, String type) throws Mp4Exception {
        Optional<BoxBuffer> box = parent.next();
        if (box.isEmpty() || !box.get().type().equals(type)) {
            throw new Mp4Exception("The init segment lacks its " + type + " box.");
        }
        return box.get();
    }

    private static Track track(BoxBuffer moov) throws Mp4Exception {
        BoxBuffer trak = null;
        for (Optional<BoxBuffer> box = moov.next(); box.isPresent(); box = moov.next()) {
            if (box.get().type().equals("trak")) {
                if (trak != null) {
                    throw new Mp4Exception("The file has more than one track.");
                }
                trak = box.get();
            }
        }
        moov.body().rewind();
        if (trak == null) {
            throw new Mp4Exception("The file has no track.");
        }
        BoxBuffer mdia = trak.required("mdia");
        Track.Kind kind = kind(mdia.required("hdlr"));
        SampleEntry entry =
                SampleEntry.parse(kind, mdia.required("minf").required("stbl").required("stsd"));
        long[] edits = edits(trak);
        return new Track(
                trackId(trak.required("tkhd")),
                kind,
                timescale(mdia.required("mdhd")),
                timescale(moov.required("mvhd")),
                entry.codec(),
                entry.width(),
                entry.height(),
                entry.sampleRate(),
                entry.channels(),
                edits[0],
                edits[1],
                defaults(moov.required("mvex").required("trex")));
    }

    private static Track.Kind kind(BoxBuffer hdlr) throws Mp4Exception {
        String handler = hdlr.skip(8).letters();
        return switch (handler) {
            case "vide" -> Track.Kind.VIDEO;
            case "soun" -> Track.Kind.AUDIO;
            default -> throw new Mp4Exception("The track is neither video nor audio but " + handler + ".");
        };
    }

    private static int trackId(BoxBuffer tkhd) throws Mp4Exception {
        int version = tkhd.u8();
        return tkhd.skip(version == 1 ? 19 : 11).s32();
    }

    private static long timescale(BoxBuffer header) throws Mp4Exception {
        int version = header.u8();
        long timescale = header.skip(version == 1 ? 19 : 11).u32();
        if (timescale == 0) {
            throw new Mp4Exception("The box " + header.type() + " has no timescale.");
        }
        return timescale;
    }

    private static SampleDefaults defaults(BoxBuffer trex) throws Mp4Exception {
        trex.skip(12);
        return new SampleDefaults(trex.u32(), trex.u32(), trex.s32());
    }

    /** Media time and empty time at the front, in this order. */
    private static long[] edits(BoxBuffer trak) throws Mp4Exception {
        Optional<BoxBuffer> edts = trak.child("edts");
        if (edts.isEmpty()) {
            return new long[] {0, 0};
        }
        BoxBuffer elst = edts.get().required("elst");
        int version = elst.u8();
        long entries = elst.skip(3).u32();
        long empty = 0;
        for (long i = 0; i < entries; i++) {
            long duration = version == 1 ? elst.u64() : elst.u32();
            long mediaTime = version == 1 ? elst.s64() : elst.s32();
            elst.skip(4);
            if (mediaTime >= 0) {
                if (i + 1 < entries) {
                    throw new Mp4Exception("The edit list cuts the track into pieces.");
                }
                return new long[] {mediaTime, empty};
            }
            empty += duration;
        }
        return new long[] {0, empty};
    }
}
