package org.millrace.api.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When things are cleared away that nobody has asked to be. */
@ConfigMapping(prefix = "millrace.janitor")
public interface JanitorConfig {

    /** How long a video has to be finished before objects go that nothing in the ledger knows. */
    @WithDefault("1h")
    Duration leftoversAfter();
}
