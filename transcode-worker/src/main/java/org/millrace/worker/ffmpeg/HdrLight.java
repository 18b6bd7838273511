package org.millrace.worker.ffmpeg;

/** What the signals of ITU-R BT.2100 mean in light: cd/m² of a screen. */
final class HdrLight {

    private static final double M1 = 2610.0 / 16384;
    private static final double M2 = 2523.0 / 4096 * 128;
    private static final double C1 = 3424.0 / 4096;
    private static final double C2 = 2413.0 / 4096 * 32;
    private static final double C3 = 2392.0 / 4096 * 32;

    private static final double A = 0.17883277;
    private static final double B = 0.28466892;
    private static final double C = 0.55991073;

    /** System gamma of a screen of 1000 cd/m². */
    private static final double SYSTEM_GAMMA = 1.2;

    private HdrLight() {}

    /** Light of one component of a perceptual quantizer signal. */
    static double ofPq(double signal) {
        double power = Math.pow(Math.clamp(signal, 0, 1), 1 / M2);
        return 10_000 * Math.pow(Math.max(0, power - C1) / (C2 - C3 * power), 1 / M1);
    }

    /** The perceptual quantizer signal of light. */
    static double pqOf(double nits) {
        double power = Math.pow(Math.clamp(nits / 10_000, 0, 1), M1);
        return Math.pow((C1 + C2 * power) / (1 + C3 * power), M2);
    }

    /** Light of a perceptual quantizer signal. */
    static double[] ofPq(double red, double green, double blue) {
        return new double[] {ofPq(red), ofPq(green), ofPq(blue)};
    }

    /** Light of a hybrid log-gamma signal on a screen of a peak: all components are raised by their luminance. */
    static double[] ofHlg(double red, double green, double blue, double peak) {
        double[] scene = {scene(red), scene(green), scene(blue)};
        double luminance = Math.max(1e-9, 0.2627 * scene[0] + 0.6780 * scene[1] + 0.0593 * scene[2]);
        double gain = peak * Math.pow(luminance, SYSTEM_GAMMA - 1);
        return new double[] {gain * scene[0], gain * scene[1], gain * scene[2]};
    }

    private static double scene(double signal) {
        return signal <= 0.5 ? signal * signal / 3 : (Math.exp((signal - C) / A) + B) / 12;
    }
}
