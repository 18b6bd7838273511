/**
 * Reads and joins the fragmented MP4 files that encode runs write: one track per file, {@code ftyp moov (moof mdat)*},
 * a fragment per GOP. It knows no step and starts no process; {@link org.millrace.worker.ffmpeg} makes the files.
 *
 * <p>{@link org.millrace.worker.mp4.Mp4File} is a file as parsed, {@link org.millrace.worker.mp4.FragmentReader} one that
 * is still being written, and {@link org.millrace.worker.mp4.FragmentJoiner} makes one file of many.
 */
package org.millrace.worker.mp4;
