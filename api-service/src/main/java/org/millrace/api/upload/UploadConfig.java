package org.millrace.api.upload;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may be uploaded. */
@ConfigMapping(prefix = "millrace.upload")
public interface UploadConfig {

    /** The largest file that is accepted. */
    @WithDefault("100G")
    MemorySize maxSize();

    /** Room in the media store that uploads never take: what the work on them needs. */
    @WithDefault("1G")
    MemorySize keepFree();

    /** How long an unfinished upload waits for its next bytes before it is given up. */
    @WithDefault("7d")
    Duration expiresAfter();

    /**
     * Whether senders may bring their bytes straight to a store that can sign addresses (S3). The store must allow this
     * server's origin to send them there (CORS).
     */
    @WithDefault("false")
    boolean direct();
}
