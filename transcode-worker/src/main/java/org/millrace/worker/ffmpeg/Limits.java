package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.Objects;

/**
 * What one run may use at most.
 *
 * @param memoryBytes address space; a request beyond it fails inside the process
 * @param outputBytes size of each file it writes, not of all together
 * @param cpu user and system time of the process; whole seconds, rounded up
 * @param wall time from start to end
 * @param stall time without progress; for ffprobe, without a line of output
 * @param silent whether it does not tell its progress: then the time that it takes of a processor shows that it goes on
 * @param rank who goes first where processors are scarce
 */
public record Limits(
        long memoryBytes, long outputBytes, Duration cpu, Duration wall, Duration stall, boolean silent, Rank rank) {

    /** Who goes first where processors are scarce. */
    public enum Rank {
        /** Somebody waits for it. */
        FIRST,
        /** Somebody waits for it, and for something else that takes longer. */
        BESIDE,
        /** Nobody waits for it. */
        REST
    }

    /** Limits of a run that nobody waits for. */
    public Limits(long memoryBytes, long outputBytes, Duration cpu, Duration wall, Duration stall) {
        this(memoryBytes, outputBytes, cpu, wall, stall, false, Rank.REST);
    }

    /** Checks that every limit is positive. */
    public Limits {
        if (memoryBytes <= 0 || outputBytes < 0) {
            throw new IllegalArgumentException("Memory and output limits must be positive");
        }
        requirePositive(cpu, "cpu");
        requirePositive(wall, "wall");
        requirePositive(stall, "stall");
    }

    /**
     * The configured limits for work on a stretch of media.
     *
     * @param media how long it plays
     * @param outputBytes size of each file written
     */
    public static Limits forMedia(FfmpegConfig config, Duration media, long outputBytes) {
        Duration wall = config.probeTimeout().plus(media.multipliedBy(config.wallTimeFactor()));
        return new Limits(config.maxMemory().asLongValue(), outputBytes, onAllCores(wall), wall, config.stallTimeout());
    }

    /** The configured limits for reading a header. */
    public static Limits forProbe(FfmpegConfig config) {
        Duration wall = config.probeTimeout();
        return new Limits(config.maxMemory().asLongValue(), 0, wall, wall, wall);
    }

    private static Duration onAllCores(Duration wall) {
        return wall.multipliedBy(Runtime.getRuntime().availableProcessors());
    }

    /** The same limits with another bound on each written file. */
    public Limits withOutputBytes(long bytes) {
        return new Limits(memoryBytes, bytes, cpu, wall, stall, silent, rank);
    }

    /** The same limits with another wall time; CPU time is left alone. */
    public Limits withWall(Duration longest) {
        return new Limits(memoryBytes, outputBytes, cpu, longest, stall, silent, rank);
    }

    /** The same limits for a run that is silent by nature. */
    public Limits inSilence() {
        return new Limits(memoryBytes, outputBytes, cpu, wall, stall, true, rank);
    }

    /** The same limits with another stall time. */
    public Limits withStall(Duration longest) {
        return new Limits(memoryBytes, outputBytes, cpu, wall, longest, silent, rank);
    }

    /** The same limits with another rank. */
    public Limits ranked(Rank another) {
        return new Limits(memoryBytes, outputBytes, cpu, wall, stall, silent, another);
    }

    /** The CPU limit as the kernel takes it. */
    long cpuSeconds() {
        return cpu.plusNanos(999_999_999).toSeconds();
    }

    private static void requirePositive(Duration value, String name) {
        Objects.requireNonNull(value, name);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("The " + name + " limit must be positive");
        }
    }
}
