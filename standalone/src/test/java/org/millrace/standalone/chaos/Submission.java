package org.millrace.standalone.chaos;

/**
 * A video that the installation has acknowledged: from now on it must not be lost.
 *
 * @param video its identifier
 * @param clip what was sent
 */
record Submission(String video, Clip clip) {}
