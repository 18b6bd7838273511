package org.millrace.model.archfixtures.one;

import java.nio.file.Path;
import org.millrace.model.archfixtures.two.KnowsOne;

/** Breaks two rules: it touches files, and it is half of a cycle. */
public class ReadsFiles {

    Path path = Path.of("x");
    KnowsOne other;
}
