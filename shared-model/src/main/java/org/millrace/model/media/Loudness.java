package org.millrace.model.media;

/**
 * How loud a whole audio track is (EBU R 128, ITU-R BS.1770).
 *
 * @param integratedLufs loudness of the whole programme in LUFS; null for silence
 * @param truePeakDb highest true peak in dBTP; null for silence
 */
public record Loudness(Double integratedLufs, Double truePeakDb) {

    /** Loudness that normalised sound has: what the big platforms agree on. */
    public static final double TARGET_LUFS = -16;

    private static final double HIGHEST_PEAK_DB = -1;
    private static final double MOST_GAIN_DB = 20;

    /**
     * The gain that brings the track to the target without clipping: as much as its peak leaves room for.
     *
     * @return decibels, negative to make it quieter; 0 for silence
     */
    public double gainDb() {
        if (integratedLufs == null || truePeakDb == null) {
            return 0;
        }
        double wanted = Math.min(TARGET_LUFS - integratedLufs, MOST_GAIN_DB);
        return Math.min(wanted, HIGHEST_PEAK_DB - truePeakDb);
    }
}
