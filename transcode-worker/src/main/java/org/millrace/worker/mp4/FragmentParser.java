package org.millrace.worker.mp4;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@code moof} whose shape is the one our encode runs write: one track, one run, data right behind it. */
final class FragmentParser {

    private static final int BASE_IS_MOOF = 0x020000;
    private static final int HAS_BASE_OFFSET = 0x1;
    private static final int HAS_DESCRIPTION = 0x2;
    private static final int HAS_DURATION = 0x8;
    private static final int HAS_SIZE = 0x10;
    private static final int HAS_FLAGS = 0x20;

    private static final int RUN_OFFSET = 0x1;
    private static final int RUN_FIRST_FLAGS = 0x4;
    private static final int RUN_DURATION = 0x100;
    private static final int RUN_SIZE = 0x200;
    private static final int RUN_FLAGS = 0x400;
    private static final int RUN_COMPOSITION = 0x800;

    private static final int NOT_SYNC = 0x10000;

    private static final int MOST_ALIKE = 100_000;

    private final Track track;

    FragmentParser(Track track) {
        this.track = track;
    }

    /**
     * Reads a fragment.
     *
     * @param moof its first box
     * @param moofOffset where that begins in the file
     * @param moofSize its size with header
     * @param mdatHeader header bytes of the data box behind
     * @param mdatSize size of that box with header
     */
    Fragment parse(BoxBuffer moof, long moofOffset, long moofSize, int mdatHeader, long mdatSize) throws Mp4Exception {
        Optional<BoxBuffer> first = moof.next();
        if (first.isEmpty() || !first.get().type().equals("mfhd") || first.get().remaining() != 8) {
            throw new Mp4Exception("The fragment at byte " + moofOffset + " does not begin with its number.");
        }
        long sequence = first.get().skip(4).u32();
        Optional<BoxBuffer> traf = moof.next();
        if (traf.isEmpty() || !traf.get().type().equals("traf") || moof.next().isPresent()) {
            throw new Mp4Exception("The fragment at byte " + moofOffset + " does not hold exactly one track.");
        }
        SampleDefaults defaults = defaults(traf.get().required("tfhd"), moofOffset);
        BoxBuffer tfdt = traf.get().required("tfdt");
        long base = tfdt.u8() == 1 ? tfdt.skip(3).u64() : tfdt.skip(3).u32();
        List<Sample> samples = new ArrayList<>();
        long end = moofSize + mdatHeader;
        BoxBuffer boxes = new BoxBuffer("traf", moofOffset, traf.get().body().slice());
        long time = base;
        for (Optional<BoxBuffer> box = boxes.next(); box.isPresent(); box = boxes.next()) {
            if (box.get().type().equals("trun")) {
                Run run = run(box.get(), defaults, moofOffset, end, moofSize + mdatSize, time, samples);
                end = run.dataEnd();
                time = run.endTime();
            }
        }
        if (samples.isEmpty()) {
            throw new Mp4Exception("The fragment at byte " + moofOffset + " holds no sample.");
        }
        if (end != moofSize + mdatSize) {
            throw new Mp4Exception("The samples of the fragment at byte " + moofOffset + " do not fill its data box.");
        }
        return new Fragment(
                new FragmentInfo(
                        moofOffset,
                        moofSize + mdatSize,
                        sequence,
                        base,
                        time - base,
                        samples.size(),
                        samples.getFirst().sync(),
                        samples.getFirst().sync() && samples.stream().skip(1).noneMatch(Sample::sync)),
                samples);
    }

    private SampleDefaults defaults(BoxBuffer tfhd, long moofOffset) throws Mp4Exception {
        int flags = tfhd.s32() & 0xffffff;
        int id = tfhd.s32();
        if (id != track.id()) {
            throw new Mp4Exception("The fragment at byte " + moofOffset + " belongs to an unknown track.");
        }
        if ((flags & HAS_BASE_OFFSET) != 0 || (flags & BASE_IS_MOOF) == 0) {
            throw new Mp4Exception(
                    "The fragment at byte " + moofOffset + " cannot be moved: its offsets are absolute.");
        }
        if ((flags & HAS_DESCRIPTION) != 0) {
            tfhd.skip(4);
        }
        SampleDefaults common = track.defaults();
        return new SampleDefaults(
                (flags & HAS_DURATION) != 0 ? tfhd.u32() : common.duration(),
                (flags & HAS_SIZE) != 0 ? tfhd.u32() : common.size(),
                (flags & HAS_FLAGS) != 0 ? tfhd.s32() : common.flags());
    }

    private record Run(long dataEnd, long endTime) {}

    private static Run run(
            BoxBuffer trun,
            SampleDefaults defaults,
            long moofOffset,
            long data,
            long dataLimit,
            long time,
            List<Sample> samples)
            throws Mp4Exception {
        int flags = trun.s32();
        boolean signedOffsets = flags >>> 24 != 0;
        long count = trun.u32();
        if ((flags & RUN_OFFSET) != 0 && trun.s32() != data) {
            throw new Mp4Exception(
                    "The samples of the fragment at byte " + moofOffset + " lie outside of its data box.");
        }
        int firstFlags = (flags & RUN_FIRST_FLAGS) != 0 ? trun.s32() : defaults.flags();
        int perSample = 4 * Integer.bitCount(flags & (RUN_DURATION | RUN_SIZE | RUN_FLAGS | RUN_COMPOSITION));
        // Samples without a field of their own cost no bytes in the run, so their data has to bound how many there are.
        boolean listed = perSample > 0 && count * perSample <= trun.remaining();
        boolean alike = perSample == 0 && count <= MOST_ALIKE && count * defaults.size() <= dataLimit - data;
        if (!listed && !alike) {
            throw new Mp4Exception("The fragment at byte " + moofOffset + " claims more samples than it lists.");
        }
        long offset = data;
        long decode = time;
        for (long i = 0; i < count; i++) {
            long duration = (flags & RUN_DURATION) != 0 ? trun.u32() : defaults.duration();
            long size = (flags & RUN_SIZE) != 0 ? trun.u32() : defaults.size();
            int own = (flags & RUN_FLAGS) != 0 ? trun.s32() : i == 0 ? firstFlags : defaults.flags();
            long shift = 0;
            if ((flags & RUN_COMPOSITION) != 0) {
                shift = signedOffsets ? trun.s32() : trun.u32();
            }
            samples.add(new Sample(decode, decode + shift, duration, moofOffset + offset, size, (own & NOT_SYNC) == 0));
            offset += size;
            decode += duration;
        }
        return new Run(offset, decode);
    }
}
