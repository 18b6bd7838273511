package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * How a decoded picture is turned to stand upright: one of the eight ways to lay a rectangle down.
 *
 * @param clockwise degrees to turn it by: 0, 90, 180 or 270
 * @param mirrored whether it is turned upside down as in a mirror before
 */
public record Orientation(int clockwise, boolean mirrored) {

    /** As it is. */
    public static final Orientation UPRIGHT = new Orientation(0, false);

    /**
     * Checks the angle.
     *
     * @throws IllegalArgumentException if it is none of the four
     */
    public Orientation {
        if (clockwise % 90 != 0 || clockwise < 0 || clockwise >= 360) {
            throw new IllegalArgumentException("Not a quarter turn: " + clockwise);
        }
    }

    /** Whether width and height change places. */
    boolean swapsSides() {
        return clockwise % 180 != 0;
    }

    /** Filters that turn the picture; none if it is upright. */
    List<Filter> filters() {
        return switch (clockwise) {
            case 90 -> List.of(Filter.of("transpose", "", mirrored ? "cclock_flip" : "clock"));
            case 270 -> List.of(Filter.of("transpose", "", mirrored ? "clock_flip" : "cclock"));
            case 180 -> mirrored ? List.of(Filter.of("hflip")) : List.of(Filter.of("hflip"), Filter.of("vflip"));
            default -> mirrored ? List.of(Filter.of("vflip")) : List.of();
        };
    }
}
