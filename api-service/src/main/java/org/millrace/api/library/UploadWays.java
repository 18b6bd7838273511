package org.millrace.api.library;

/** The ways by which the upload page may send a file. */
@FunctionalInterface
public interface UploadWays {

    /** Whether it may send files straight to the store. */
    boolean isDirect();
}
