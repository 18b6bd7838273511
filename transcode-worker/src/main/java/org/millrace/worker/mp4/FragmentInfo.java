package org.millrace.worker.mp4;

/**
 * One {@code moof} with its {@code mdat}: what a player fetches at least, and what is never torn apart.
 *
 * @param offset where the {@code moof} begins in its file
 * @param size bytes of both boxes
 * @param sequence its number in the track, as it says itself
 * @param baseDecodeTime decode time of its first sample, in ticks
 * @param durationTicks sum of its samples' durations
 * @param samples how many it holds
 * @param startsWithSync whether decoding can start at its first sample
 * @param onlyFirstIsSync whether it can start at no other: true for one closed GOP, false for audio
 */
public record FragmentInfo(
        long offset,
        long size,
        long sequence,
        long baseDecodeTime,
        long durationTicks,
        int samples,
        boolean startsWithSync,
        boolean onlyFirstIsSync) {

    /** Decode time at which the next fragment has to begin. */
    public long endDecodeTime() {
        return baseDecodeTime + durationTicks;
    }

    /** Offset of the first byte after it. */
    public long endOffset() {
        return offset + size;
    }

    /** The same fragment elsewhere. */
    public FragmentInfo at(long newOffset, long newSequence) {
        return new FragmentInfo(
                newOffset, size, newSequence, baseDecodeTime, durationTicks, samples, startsWithSync, onlyFirstIsSync);
    }
}
