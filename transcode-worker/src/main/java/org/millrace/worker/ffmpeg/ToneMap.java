package org.millrace.worker.ffmpeg;

/**
 * A table that turns high dynamic range in BT.2020 into standard range in BT.709: light as the signal means it, brought
 * into the range of an ordinary screen by the curve of ITU-R BT.2390 §5.4, its colours drawn towards grey where the
 * screen has none so strong, and coded for a BT.1886 screen. White of an ordinary screen is the reference white of
 * ITU-R BT.2408, 203 cd/m², so faces and paper keep their brightness and only highlights are compressed.
 *
 * @param hlg whether the signal is hybrid log-gamma; otherwise it is perceptual quantizer
 * @param peakNits brightest light of the picture in cd/m²
 */
public record ToneMap(boolean hlg, int peakNits) {

    /** Peak of the screen that hybrid log-gamma is meant for, and of most graded pictures. */
    public static final int USUAL_PEAK = 1000;

    /** Name of the table beside the command that uses it. */
    static final String FILE_NAME = "tone.cube";

    /** With 33 points an axis the mean error is 0.2 ΔE2000, with 65 it would be 0.06 for eight times the bytes. */
    private static final int POINTS = 33;

    private static final double WHITE = 203;
    private static final double HIGHEST_PEAK = 10_000;
    private static final double SCREEN_GAMMA = 2.4;

    /** The table, as ffmpeg's {@code lut3d} reads it: red changes fastest. */
    String table() {
        StringBuilder text = new StringBuilder(POINTS * POINTS * POINTS * 24);
        text.append("LUT_3D_SIZE ").append(POINTS).append('\n');
        for (int blue = 0; blue < POINTS; blue++) {
            for (int green = 0; green < POINTS; green++) {
                for (int red = 0; red < POINTS; red++) {
                    append(text, mapped(at(red), at(green), at(blue)));
                }
            }
        }
        return text.toString();
    }

    private static double at(int point) {
        return point / (POINTS - 1.0);
    }

    private static void append(StringBuilder text, double[] rgb) {
        for (int i = 0; i < 3; i++) {
            long value = Math.round(rgb[i] * 1e5);
            // Without String.format: the table has a hundred thousand numbers.
            text.append(value / 100_000).append('.');
            text.append(Long.toString(100_000 + value % 100_000), 1, 6);
            text.append(i < 2 ? ' ' : '\n');
        }
    }

    /** The signal for an ordinary screen, each component 0 to 1. */
    double[] mapped(double red, double green, double blue) {
        double[] light = hlg ? HdrLight.ofHlg(red, green, blue, USUAL_PEAK) : HdrLight.ofPq(red, green, blue);
        double brightest = Math.max(1e-6, Math.max(light[0], Math.max(light[1], light[2])));
        double factor = compressed(brightest) / brightest / WHITE;
        double[] narrow = inBt709(light[0] * factor, light[1] * factor, light[2] * factor);
        drawIn(narrow);
        for (int i = 0; i < 3; i++) {
            narrow[i] = Math.pow(Math.clamp(narrow[i], 0, 1), 1 / SCREEN_GAMMA);
        }
        return narrow;
    }

    /** The knee of BT.2390: straight up to a point, from there a spline that ends flat at the screen's white. */
    private double compressed(double nits) {
        double peak = Math.min(hlg ? USUAL_PEAK : peakNits, HIGHEST_PEAK);
        if (peak <= WHITE) {
            return Math.min(nits, WHITE);
        }
        double source = HdrLight.pqOf(peak);
        double highest = HdrLight.pqOf(WHITE) / source;
        double knee = 1.5 * highest - 0.5;
        double level = Math.min(1, HdrLight.pqOf(nits) / source);
        if (level < knee) {
            return HdrLight.ofPq(level * source);
        }
        double t = (level - knee) / (1 - knee);
        double t2 = t * t;
        double t3 = t2 * t;
        double bent = (2 * t3 - 3 * t2 + 1) * knee + (t3 - 2 * t2 + t) * (1 - knee) + (3 * t2 - 2 * t3) * highest;
        return HdrLight.ofPq(bent * source);
    }

    /** Primaries of BT.2020 to those of BT.709 (ITU-R BT.2087). */
    private static double[] inBt709(double red, double green, double blue) {
        return new double[] {
            1.660491 * red - 0.587641 * green - 0.072850 * blue,
            -0.124550 * red + 1.132900 * green - 0.008349 * blue,
            -0.018151 * red - 0.100579 * green + 1.118730 * blue
        };
    }

    /** Draws a colour that the screen does not have towards the grey of its own luminance, no further than needed. */
    private static void drawIn(double[] rgb) {
        double grey = Math.clamp(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2], 0, 1);
        double lowest = Math.min(rgb[0], Math.min(rgb[1], rgb[2]));
        double highest = Math.max(rgb[0], Math.max(rgb[1], rgb[2]));
        double strength = 1;
        if (lowest < 0) {
            strength = grey / Math.max(1e-9, grey - lowest);
        }
        if (highest > 1) {
            strength = Math.min(strength, (1 - grey) / Math.max(1e-9, highest - grey));
        }
        for (int i = 0; i < 3; i++) {
            rgb[i] = grey + (rgb[i] - grey) * strength;
        }
    }
}
