package org.millrace.api.admin;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** What becomes of uploaded files. */
@ConfigMapping(prefix = "millrace.source")
public interface SourceConfig {

    /**
     * How long the uploaded file is kept after its video is finished and verified; 0 deletes it at once. Without it a video
     * cannot be encoded again. For ever if absent.
     */
    Optional<Duration> keepFor();
}
