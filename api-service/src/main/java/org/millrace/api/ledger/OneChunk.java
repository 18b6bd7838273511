package org.millrace.api.ledger;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.millrace.model.ladder.Grid;
import org.millrace.model.ladder.Span;

/** A video is encoded in one piece. */
@DefaultBean
@ApplicationScoped
class OneChunk implements Chunking {

    @Override
    public List<Span> chunks(Grid grid) {
        return List.of(grid.whole());
    }
}
