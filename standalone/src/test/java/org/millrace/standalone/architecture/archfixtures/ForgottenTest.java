package org.millrace.standalone.architecture.archfixtures;

/** A test that is never run, and that would sleep if it were. */
class ForgottenTest {

    void nobody_runs_this() throws InterruptedException {
        Thread.sleep(1);
    }
}
