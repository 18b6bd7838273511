package org.millrace.api.playback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** How media bytes go out. */
@ConfigMapping(prefix = "millrace.playback")
interface PlaybackConfig {

    /**
     * Whether tracks in a store that can sign URLs (S3) are fetched from there, by a redirect that is good for 30
     * seconds, instead of through this server. The store must allow this server's origin (CORS).
     */
    @WithDefault("false")
    boolean redirectToStore();

    /**
     * Where a content delivery network answers with the objects of the bucket: an object's key is put behind it. Tracks
     * that everybody may watch are fetched from there. Only for a store that is not a folder (S3).
     */
    Optional<URI> cdnBaseUrl();
}
