package org.millrace.worker;

/** How different two colours look (CIEDE2000; Sharma, Wu and Dalal 2005): 1 is just noticeable side by side. */
public final class DeltaE {

    private static final double POWER = Math.pow(25, 7);

    private DeltaE() {}

    /** Between two signals for a BT.709 screen with the gamma of BT.1886, each red, green and blue from 0 to 1. */
    public static double of(double[] one, double[] other) {
        return between(lab(one), lab(other));
    }

    private static double[] lab(double[] rgb) {
        double r = Math.pow(rgb[0], 2.4);
        double g = Math.pow(rgb[1], 2.4);
        double b = Math.pow(rgb[2], 2.4);
        double x = bent((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
        double y = bent(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
        double z = bent((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double bent(double value) {
        return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
    }

    static double between(double[] one, double[] other) {
        double mean = (Math.hypot(one[1], one[2]) + Math.hypot(other[1], other[2])) / 2;
        double stretch = 1.5 - 0.5 * Math.sqrt(Math.pow(mean, 7) / (Math.pow(mean, 7) + POWER));
        double chroma1 = Math.hypot(stretch * one[1], one[2]);
        double chroma2 = Math.hypot(stretch * other[1], other[2]);
        double hue1 = hue(stretch * one[1], one[2]);
        double hue2 = hue(stretch * other[1], other[2]);
        double turn = chroma1 * chroma2 == 0 ? 0 : (hue2 - hue1 + 540) % 360 - 180;
        double lightness = (one[0] + other[0]) / 2;
        double chroma = (chroma1 + chroma2) / 2;
        double hue = chroma1 * chroma2 == 0 ? hue1 + hue2 : hue1 + turn / 2;
        double weight =
                1 - 0.17 * cos(hue - 30) + 0.24 * cos(2 * hue) + 0.32 * cos(3 * hue + 6) - 0.20 * cos(4 * hue - 63);
        double middle = Math.pow(lightness - 50, 2);
        double byLightness = (other[0] - one[0]) / (1 + 0.015 * middle / Math.sqrt(20 + middle));
        double byChroma = (chroma2 - chroma1) / (1 + 0.045 * chroma);
        double byHue =
                2 * Math.sqrt(chroma1 * chroma2) * Math.sin(Math.toRadians(turn / 2)) / (1 + 0.015 * chroma * weight);
        double cool = 30 * Math.exp(-Math.pow(((hue + 360) % 360 - 275) / 25, 2));
        double rotation = -Math.sin(Math.toRadians(2 * cool))
                * 2
                * Math.sqrt(Math.pow(chroma, 7) / (Math.pow(chroma, 7) + POWER));
        return Math.sqrt(byLightness * byLightness + byChroma * byChroma + byHue * byHue + rotation * byChroma * byHue);
    }

    private static double hue(double a, double b) {
        return (Math.toDegrees(Math.atan2(b, a)) + 360) % 360;
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
