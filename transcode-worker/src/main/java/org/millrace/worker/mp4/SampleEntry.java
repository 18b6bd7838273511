package org.millrace.worker.mp4;

import java.util.Locale;
import java.util.Optional;

/**
 * How a track's samples are coded.
 *
 * @param codec RFC 6381 name
 * @param width pixels; 0 for audio
 * @param height pixels; 0 for audio
 * @param sampleRate per second; 0 for video
 * @param channels of audio; 0 for video
 */
record SampleEntry(String codec, int width, int height, int sampleRate, int channels) {

    private static final int ES_DESCRIPTOR = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC = 5;
    private static final int MPEG4_AUDIO = 0x40;

    /** Reads the one entry of a {@code stsd}. */
    static SampleEntry parse(Track.Kind kind, BoxBuffer stsd) throws Mp4Exception {
        long entries = stsd.skip(4).u32();
        Optional<BoxBuffer> entry = stsd.next();
        if (entries != 1 || entry.isEmpty()) {
            throw new Mp4Exception("The track has " + entries + " sample descriptions instead of one.");
        }
        return kind == Track.Kind.VIDEO ? video(entry.get()) : audio(entry.get());
    }

    private static SampleEntry video(BoxBuffer entry) throws Mp4Exception {
        if (!entry.type().equals("avc1")) {
            throw new Mp4Exception("The video track is " + entry.type() + " instead of avc1.");
        }
        entry.skip(24);
        int width = entry.u16();
        int height = entry.u16();
        entry.skip(50);
        BoxBuffer rest =
                new BoxBuffer(entry.type(), entry.offset(), entry.body().slice());
        BoxBuffer avcC = rest.required("avcC").skip(1);
        String codec = "avc1.%02x%02x%02x".formatted(avcC.u8(), avcC.u8(), avcC.u8());
        return new SampleEntry(codec, width, height, 0, 0);
    }

    private static SampleEntry audio(BoxBuffer entry) throws Mp4Exception {
        if (!entry.type().equals("mp4a")) {
            throw new Mp4Exception("The audio track is " + entry.type() + " instead of mp4a.");
        }
        entry.skip(16);
        int channels = entry.u16();
        entry.skip(6);
        int sampleRate = (int) (entry.u32() >>> 16);
        BoxBuffer rest =
                new BoxBuffer(entry.type(), entry.offset(), entry.body().slice());
        return new SampleEntry(mpeg4Audio(rest.required("esds").skip(4)), 0, 0, sampleRate, channels);
    }

    private static String mpeg4Audio(BoxBuffer esds) throws Mp4Exception {
        descriptor(esds, ES_DESCRIPTOR);
        int flags = esds.skip(2).u8();
        if ((flags & 0xe0) != 0) {
            throw new Mp4Exception("The audio description refers to other streams.");
        }
        descriptor(esds, DECODER_CONFIG);
        int objectType = esds.u8();
        if (objectType != MPEG4_AUDIO) {
            return "mp4a.%x".formatted(objectType).toLowerCase(Locale.ROOT);
        }
        esds.skip(12);
        descriptor(esds, DECODER_SPECIFIC);
        int first = esds.u8();
        int audioObject = first >> 3;
        if (audioObject == 31) {
            audioObject = 32 + ((first & 7) << 3 | esds.u8() >> 5);
        }
        return "mp4a.40." + audioObject;
    }

    /** Passes over a descriptor's tag and length; lengths have seven bits a byte. */
    private static void descriptor(BoxBuffer esds, int tag) throws Mp4Exception {
        if (esds.u8() != tag) {
            throw new Mp4Exception("The audio description is not in the usual order.");
        }
        int bytes = 0;
        while ((esds.u8() & 0x80) != 0) {
            if (++bytes == 4) {
                throw new Mp4Exception("The audio description has an endless length.");
            }
        }
    }
}
