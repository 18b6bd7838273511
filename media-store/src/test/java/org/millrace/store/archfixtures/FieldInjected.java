package org.millrace.store.archfixtures;

import jakarta.inject.Inject;
import org.millrace.store.MediaStore;

/** Breaks the rule that injection goes through constructors and parameters. */
public class FieldInjected {

    @Inject
    MediaStore store;
}
