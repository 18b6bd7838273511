package org.millrace.api.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.PositiveOrZero;

/** How often one client address may ask for what costs much; 0 stands for any number. */
@ConfigMapping(prefix = "millrace.limits")
public interface LimitsConfig {

    /** Uploads that may be begun in a minute. */
    @WithDefault("600")
    @PositiveOrZero
    int uploads();

    /** Other requests in a minute that change something or begin work. */
    @WithDefault("600")
    @PositiveOrZero
    int changes();

    /** Pages, lists, searches and reports in a minute, and event streams that are opened. */
    @WithDefault("3000")
    @PositiveOrZero
    int reads();

    /** Event streams that may be open at once. */
    @WithDefault("500")
    @PositiveOrZero
    int streams();
}
