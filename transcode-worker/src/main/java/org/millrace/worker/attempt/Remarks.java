package org.millrace.worker.attempt;

import org.millrace.model.task.Remark;

/** The remarks that steps make. */
public final class Remarks {

    /** No sound could be had from the source. */
    public static final Remark SOUND_LEFT_OUT =
            new Remark(Remark.Kind.NOTE, "The sound could not be read and was left out.");

    /** Decoders had to make up parts of the picture. */
    public static final Remark PICTURE_DAMAGED =
            new Remark(Remark.Kind.LOSS, "Parts of the picture are damaged in the file.");

    private Remarks() {}

    /** The picture ends before it should. */
    public static Remark endsEarly(double end, double promised) {
        return new Remark(Remark.Kind.LOSS, "The file ends at " + clock(end) + " of " + clock(promised) + ".");
    }

    /** The sound ends before it should. */
    public static Remark soundEndsEarly(double end, double promised) {
        return new Remark(Remark.Kind.LOSS, "The sound ends at " + clock(end) + " of " + clock(promised) + ".");
    }

    /** For example {@code 0:12} or {@code 1:02:03}; whole seconds, rounded down. */
    private static String clock(double seconds) {
        long whole = Math.max(0, (long) Math.floor(seconds));
        long hours = whole / 3600;
        long minutes = whole / 60 % 60;
        long rest = whole % 60;
        return hours > 0 ? "%d:%02d:%02d".formatted(hours, minutes, rest) : "%d:%02d".formatted(minutes, rest);
    }
}
