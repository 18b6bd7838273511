package millrace.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Measures some rows that share their preparation. */
interface Trial {

    /** The rows that it can measure. */
    Set<Row> rows();

    /**
     * Measures.
     *
     * @param wanted those of its rows that are asked for; it may leave out what only the others need
     */
    List<Figure> measure(Setting setting, Set<Row> wanted) throws IOException, InterruptedException;
}
