/**
 * The only place that starts a process: ffmpeg and ffprobe, with typed arguments, inside a sandbox, watched until they
 * end. It knows no step; every step of the worker may use it.
 *
 * <p>{@link org.millrace.worker.ffmpeg.FfmpegCommand} is what to run, {@link org.millrace.worker.ffmpeg.Workspace} what
 * it may see, {@link org.millrace.worker.ffmpeg.Limits} what it may use, and
 * {@link org.millrace.worker.ffmpeg.FfmpegRunner} runs it. What it wrote is read by {@link org.millrace.worker.mp4}.
 */
package org.millrace.worker.ffmpeg;
