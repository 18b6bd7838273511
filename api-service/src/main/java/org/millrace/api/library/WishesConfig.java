package org.millrace.api.library;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.millrace.model.ladder.Preset;

/** How videos are encoded unless somebody says otherwise. */
@ConfigMapping(prefix = "millrace.upload")
public interface WishesConfig {

    /** Balance between size, quality and time of a video whose sender does not say: balanced, small or fast. */
    @WithDefault("balanced")
    Preset preset();

    /** Whether the sound of a video whose sender does not say is brought to a common loudness (EBU R 128). */
    @WithDefault("false")
    boolean normaliseSound();
}
