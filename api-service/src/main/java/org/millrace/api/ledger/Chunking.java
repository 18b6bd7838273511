package org.millrace.api.ledger;

import java.util.List;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;

/** Decides which chunks a video is encoded in. */
public interface Chunking {

    /** Spans that cover the grid in order, without a gap, each but the last of whole GOPs. */
    List<Span> chunks(Grid grid);
}
