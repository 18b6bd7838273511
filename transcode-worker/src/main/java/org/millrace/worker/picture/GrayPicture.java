package org.millrace.worker.picture;

/**
 * A small picture without colours, good enough to judge what it would be worth as a poster.
 *
 * @param pixels row by row, 0 black to 255 white
 * @param width pixels
 * @param height pixels
 */
record GrayPicture(byte[] pixels, int width, int height) {

    private static final double RICH_BITS = 7.3;
    private static final double GOOD_CONTRAST = 50;
    private static final double SHARP = 14;

    /**
     * How good it is as a poster, 0 to 1: rich in shades, contrasty and sharp, neither dark nor washed out. A card with a
     * few words has contrast but few shades; the middle of a dissolve has shades but nothing sharp.
     */
    double worth() {
        int[] shades = new int[256];
        double sum = 0;
        double squares = 0;
        for (byte pixel : pixels) {
            int value = pixel & 0xff;
            shades[value]++;
            sum += value;
            squares += value * value;
        }
        double mean = sum / pixels.length;
        double deviation = Math.sqrt(Math.max(0, squares / pixels.length - mean * mean));
        double rich = Math.pow(bits(shades) / RICH_BITS, 2);
        double contrast = Math.min(1, deviation / GOOD_CONTRAST);
        double sharp = Math.min(1, steepness() / SHARP);
        return rich * Math.sqrt(contrast) * Math.sqrt(sharp) * exposure(mean) * unclipped(shades);
    }

    /** Entropy of the shades. */
    private double bits(int[] shades) {
        double bits = 0;
        for (int count : shades) {
            if (count > 0) {
                double share = (double) count / pixels.length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    /** Mean difference between neighbours. */
    private double steepness() {
        long sum = 0;
        for (int y = 1; y < height; y++) {
            for (int x = 1; x < width; x++) {
                int here = pixels[y * width + x] & 0xff;
                sum += Math.abs(here - (pixels[y * width + x - 1] & 0xff));
                sum += Math.abs(here - (pixels[(y - 1) * width + x] & 0xff));
            }
        }
        return (double) sum / Math.max(1, (width - 1) * (height - 1));
    }

    /** 1 for a mean brightness between a fifth and four fifths, falling to a tenth for black and for white. */
    private static double exposure(double mean) {
        double distance = Math.max(0, Math.max(51 - mean, mean - 190)) / 60;
        return Math.max(0.1, 1 - distance);
    }

    /** Share of pixels that are neither black nor white, taken mildly: night scenes have black, too. */
    private double unclipped(int[] shades) {
        long clipped = 0;
        for (int i = 0; i < 4; i++) {
            clipped += shades[i] + shades[255 - i];
        }
        return 1 - 0.7 * clipped / pixels.length;
    }
}
