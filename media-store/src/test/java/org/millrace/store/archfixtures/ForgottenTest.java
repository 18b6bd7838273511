package org.millrace.store.archfixtures;

/** Breaks the rule that what looks like a test is one. */
public class ForgottenTest {

    void this_is_never_run() {}
}
