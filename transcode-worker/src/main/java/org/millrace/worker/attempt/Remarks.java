package org.millrace.worker.attempt;

import org.millrace.model.plan.Loss;
import org.millrace.model.task.Remark;

/** The remarks that steps make. */
public final class Remarks {

    /** No sound could be had from the source. */
    public static final Remark SOUND_LEFT_OUT =
            new Remark(Remark.Kind.NOTE, "The sound could not be read and was left out.");

    /** Decoders had to make up parts of the picture. */
    public static final Remark PICTURE_DAMAGED =
            new Remark(Remark.Kind.LOSS, "Parts of the picture are damaged in the file.");

    /** Something of the picture is transparent. */
    public static final Remark TRANSPARENCY_REPLACED =
            new Remark(Remark.Kind.NOTE, "Transparency was replaced by black.");

    private Remarks() {}

    /** A part of the picture could not be had from the source: something else is shown there. */
    public static Remark pictureMissing(double from, double to) {
        return new Remark(
                Remark.Kind.LOSS,
                "From " + Loss.clock(from) + " to " + Loss.clock(Math.ceil(to)) + " the picture is missing.");
    }

    /** The sound ends before it should. */
    public static Remark soundEndsEarly(double end, double promised) {
        return new Remark(
                Remark.Kind.LOSS, "The sound ends at " + Loss.clock(end) + " of " + Loss.clock(promised) + ".");
    }
}
