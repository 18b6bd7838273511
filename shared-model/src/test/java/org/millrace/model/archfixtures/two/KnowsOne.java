package org.millrace.model.archfixtures.two;

import org.millrace.model.archfixtures.one.ReadsFiles;

/** The other half of a cycle. */
public class KnowsOne {

    ReadsFiles other;
}
