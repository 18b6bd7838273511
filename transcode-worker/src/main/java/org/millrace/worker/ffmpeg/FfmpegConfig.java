package org.millrace.worker.ffmpeg;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How ffmpeg and ffprobe are found, confined and watched. */
@ConfigMapping(prefix = "millrace.ffmpeg")
public interface FfmpegConfig {

    /** Program to run as ffmpeg: an absolute path, or a name looked up on PATH. */
    @WithDefault("ffmpeg")
    String ffmpeg();

    /** Program to run as ffprobe: an absolute path, or a name looked up on PATH. */
    @WithDefault("ffprobe")
    String ffprobe();

    /** Weakest sandbox the worker may start with; it always uses the strongest one that works. */
    @WithDefault("any")
    SandboxRequirement sandbox();

    /** How long a run may show no progress before it is killed. */
    @WithDefault("PT60S")
    Duration stallTimeout();

    /** Longest time a probe of a file's header may take. */
    @WithDefault("PT20S")
    Duration probeTimeout();

    /** Wall time a run may take, as a multiple of the duration of the media it works on. */
    @WithDefault("60")
    int wallTimeFactor();

    /** Address space of one ffmpeg; plans may ask for less. */
    @WithDefault("6G")
    @WithConverter(MemorySizeConverter.class)
    MemorySize maxMemory();

    /** Open files of one ffmpeg. */
    @WithDefault("256")
    int maxOpenFiles();

    /** Scheduling priority below the serving processes, 0 (equal) to 19 (last). */
    @WithDefault("10")
    int nice();

    /** The same for work that somebody waits for. */
    @WithDefault("5")
    int niceUrgent();

    /** Most pixels in a decoded picture; larger ones are refused by the decoder. */
    @WithDefault("67108864")
    long maxPixels();

    /** Bytes read at most to recognise a file's streams. */
    @WithDefault("50M")
    @WithConverter(MemorySizeConverter.class)
    MemorySize probeSize();

    /** Media time read at most to recognise a file's streams. */
    @WithDefault("PT20S")
    Duration analyzeDuration();
}
