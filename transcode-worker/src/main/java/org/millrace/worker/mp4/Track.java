package org.millrace.worker.mp4;

/**
 * The one track of a file, as its init segment describes it.
 *
 * @param id its number in the file
 * @param kind what it carries
 * @param timescale ticks per second of all its times
 * @param movieTimescale ticks per second of edit lists and of the file's duration
 * @param codec as playlists name it, RFC 6381, for example {@code avc1.64001f} or {@code mp4a.40.2}
 * @param width pixels; 0 for audio
 * @param height pixels; 0 for audio
 * @param sampleRate of audio, per second; 0 for video
 * @param channels of audio; 0 for video
 * @param mediaTime tick of the media shown at time zero: what its edit list cuts off the front
 * @param emptyEdit ticks of the movie timescale before the media begins
 * @param defaults of its samples
 */
public record Track(
        int id,
        Kind kind,
        long timescale,
        long movieTimescale,
        String codec,
        int width,
        int height,
        int sampleRate,
        int channels,
        long mediaTime,
        long emptyEdit,
        SampleDefaults defaults) {

    /** What a track carries. */
    public enum Kind {
        /** Pictures. */
        VIDEO,
        /** Sound. */
        AUDIO
    }

    /** The tick at which a media tick is shown, counted from time zero; negative if the edit list cuts it off. */
    public long shownAt(long mediaTick) {
        return mediaTick - mediaTime + emptyEdit * timescale / movieTimescale;
    }
}
