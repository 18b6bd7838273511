package org.millrace.api.playback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How media bytes go out. */
@ConfigMapping(prefix = "millrace.playback")
interface PlaybackConfig {

    /**
     * Whether tracks in a store that can sign URLs (S3) are fetched from there, by a redirect that is good for 30
     * seconds, instead of through this server. The store must allow this server's origin (CORS), and the pages'
     * content security policy the store's.
     */
    @WithDefault("false")
    boolean redirectToStore();
}
