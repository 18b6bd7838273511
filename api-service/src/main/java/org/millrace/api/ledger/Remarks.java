package org.millrace.api.ledger;

import org.millrace.model.task.Remark;

/** The remarks that the ledger makes by itself. */
final class Remarks {

    /** The sound was given up. */
    static final Remark SOUND_MISSING =
            new Remark(Remark.Kind.LOSS, "The sound could not be converted, or not to its end.");

    private Remarks() {}
}
