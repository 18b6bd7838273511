package org.millrace.worker.analyse;

/**
 * What small pictures of red, green, blue and opacity tell about transparency.
 *
 * @param used whether anything is transparent
 * @param premultiplied whether colours are weighted by their opacity already: none is brighter than it could be, and some
 *     are nearly as bright
 */
record Transparency(boolean used, boolean premultiplied) {

    private static final int OPAQUE = 250;
    private static final int ROUNDING = 8;
    private static final int VISIBLE = 24;

    /** Looks at every pixel. */
    static Transparency in(byte[] rgba) {
        boolean used = false;
        boolean evidence = false;
        boolean straight = false;
        for (int i = 0; i + 3 < rgba.length; i += 4) {
            int opacity = rgba[i + 3] & 0xff;
            if (opacity < OPAQUE) {
                used = true;
                int brightest = Math.max(rgba[i] & 0xff, Math.max(rgba[i + 1] & 0xff, rgba[i + 2] & 0xff));
                straight |= brightest > opacity + ROUNDING;
                evidence |= brightest > VISIBLE;
            }
        }
        return new Transparency(used, evidence && !straight);
    }
}
