package org.millrace.worker;

import java.nio.file.Path;

/**
 * A pixel of a still or of the first picture of a film.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Still(int red, int green, int blue) {

    private static final int BRIGHT = 150;

    /** The pixel at a place; places are shares of width and height. */
    public static Still of(Path file, double x, double y) {
        int[] rgb = Clips.pixel(file, x, y);
        return new Still(rgb[0], rgb[1], rgb[2]);
    }

    /** Mean of the three. */
    public int brightness() {
        return (red + green + blue) / 3;
    }

    /** The name of the colour; null if it is none of four. */
    public String colour() {
        int bits = (red > BRIGHT ? 4 : 0) + (green > BRIGHT ? 2 : 0) + (blue > BRIGHT ? 1 : 0);
        return switch (bits) {
            case 4 -> "red";
            case 2 -> "green";
            case 1 -> "blue";
            case 7 -> "white";
            default -> null;
        };
    }
}
