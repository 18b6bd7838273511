package org.millrace.worker.attempt;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the worker keeps what it needs only while it works. */
@ConfigMapping(prefix = "millrace.worker.scratch")
public interface ScratchConfig {

    /** Folder for scratch files; each run of a worker has a folder of its own inside. */
    @WithDefault("${millrace.home:data}/scratch")
    Path path();

    /** Bytes of sources kept for the next task on the same video, where the media store keeps no local files. */
    @WithDefault("20G")
    @WithConverter(MemorySizeConverter.class)
    MemorySize cache();

    /** Bytes that stay free: a task that would use them is not begun. */
    @WithDefault("256M")
    @WithConverter(MemorySizeConverter.class)
    MemorySize reserve();
}
