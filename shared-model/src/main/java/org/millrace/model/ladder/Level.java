package org.millrace.model.ladder;

import java.util.List;

/** Levels of H.264 (ITU-T H.264 Annex A, table A-1), for the High profile. */
final class Level {

    /**
     * The limits of one level.
     *
     * @param name level times ten
     * @param blocksPerSecond most macroblocks per second
     * @param frameBlocks most macroblocks in a frame
     * @param bufferBlocks most macroblocks of reference frames a decoder keeps
     * @param rate most kbit/s, and of buffer kbit, before the profile's factor
     */
    private record Limit(int name, long blocksPerSecond, long frameBlocks, long bufferBlocks, long rate, long buffer) {}

    /** Frames that the encoder refers to at most, B-frames included. */
    private static final int REFERENCES = 4;

    private static final double HIGH_PROFILE = 1.25;

    private static final List<Limit> LEVELS = List.of(
            new Limit(12, 6_000, 396, 2_376, 384, 1_000),
            new Limit(13, 11_880, 396, 2_376, 768, 2_000),
            new Limit(20, 11_880, 396, 2_376, 2_000, 2_000),
            new Limit(21, 19_800, 792, 4_752, 4_000, 4_000),
            new Limit(22, 20_250, 1_620, 8_100, 4_000, 4_000),
            new Limit(30, 40_500, 1_620, 8_100, 10_000, 10_000),
            new Limit(31, 108_000, 3_600, 18_000, 14_000, 14_000),
            new Limit(32, 216_000, 5_120, 20_480, 20_000, 20_000),
            new Limit(40, 245_760, 8_192, 32_768, 20_000, 25_000),
            new Limit(42, 522_240, 8_704, 34_816, 50_000, 62_500),
            new Limit(50, 589_824, 22_080, 110_400, 135_000, 135_000),
            new Limit(51, 983_040, 36_864, 184_320, 240_000, 240_000),
            new Limit(52, 2_073_600, 36_864, 184_320, 240_000, 240_000),
            new Limit(60, 4_177_920, 139_264, 696_320, 240_000, 240_000));

    private Level() {}

    /** The lowest level that holds such a stream; the highest if none does. */
    static int of(int width, int height, double framesPerSecond, int maxrateKbit, int bufsizeKbit) {
        long across = (width + 15) / 16;
        long down = (height + 15) / 16;
        long blocks = across * down;
        return LEVELS.stream()
                .filter(limit -> blocks * framesPerSecond <= limit.blocksPerSecond()
                        && blocks <= limit.frameBlocks()
                        && Math.max(across, down) <= Math.sqrt(8.0 * limit.frameBlocks())
                        && blocks * REFERENCES <= limit.bufferBlocks()
                        && maxrateKbit <= HIGH_PROFILE * limit.rate()
                        && bufsizeKbit <= HIGH_PROFILE * limit.buffer())
                .findFirst()
                .orElse(LEVELS.getLast())
                .name();
    }
}
