package org.millrace.model.ladder;

/**
 * A balance between size, quality and time, chosen per installation and per upload. Figures are those of
 * {@code docs/formats.md}.
 */
public enum Preset {
    /** The default: x264's {@code veryfast} at a constant quality that hides artefacts on most screens. */
    BALANCED("veryfast", 23, 1),
    /** Files about an eighth smaller at the same quality, for almost twice the time. */
    SMALL("faster", 24, 0.85),
    /** A third less time, for files about a fifth larger at the same quality. */
    FAST("superfast", 23, 1.2);

    private final String speed;
    private final int crf;
    private final double cap;

    Preset(String speed, int crf, double cap) {
        this.speed = speed;
        this.crf = crf;
        this.cap = cap;
    }

    /** x264's name for how hard it tries. */
    public String speed() {
        return speed;
    }

    /** x264's constant rate factor: lower is better and larger. */
    public int crf() {
        return crf;
    }

    /** Factor on the rate caps of the ladder. */
    public double cap() {
        return cap;
    }

    /** Factor on the encoder's processor time, 1 for the default. */
    public double effort() {
        return switch (this) {
            case BALANCED -> 1;
            case SMALL -> 1.8;
            case FAST -> 0.65;
        };
    }
}
