package org.millrace.api.account;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalLong;

/** How much the installation may hold. */
@ConfigMapping(prefix = "millrace.quota")
public interface QuotaConfig {

    /** Most bytes of sources, renditions, work that is planned and open uploads together; without it, as many as fit. */
    Optional<MemorySize> bytes();

    /** Most videos, open uploads among them; without it, any number. */
    OptionalLong videos();
}
