package org.millrace.api.playback;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.millrace.api.ledger.VideoTouched;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;

/**
 * What there is to play, remembered for a few seconds, so that a segment costs neither a query nor a wait. News from
 * the ledger of this process is heeded at once. What is not there is not remembered: it may come any moment.
 */
@ApplicationScoped
class Catalogue {

    /** How long a deleted video, or one that somebody may no longer watch, may still be served. */
    static final Duration MEMORY = Duration.ofSeconds(30);

    private static final int MOST_VIDEOS = 4096;
    private static final int MOST_OBJECTS = 16384;
    private static final long MOST_PLAYLIST_BYTES = 32 << 20;

    private final CatalogueReader reader;
    private final Executor blocking;
    private final AsyncCache<VideoId, Offering> offerings;
    private final AsyncCache<ObjectKey, Content> objects;
    private final AsyncCache<MediaPath, Content> playlists;

    /**
     * Reads on threads of its own: what Vert.x runs for one request shares that request's context, and with it one
     * database session, which two reads at a time would break.
     */
    @Inject
    Catalogue(CatalogueReader reader) {
        this(reader, work -> Thread.ofVirtual().name("catalogue").start(work), Ticker.systemTicker());
    }

    Catalogue(CatalogueReader reader, Executor blocking, Ticker ticker) {
        this.reader = reader;
        this.blocking = blocking;
        this.offerings = memory(ticker).maximumSize(MOST_VIDEOS).buildAsync();
        this.objects = memory(ticker).maximumSize(MOST_OBJECTS).buildAsync();
        this.playlists = memory(ticker)
                .maximumWeight(MOST_PLAYLIST_BYTES)
                .weigher((MediaPath path, Content playlist) -> (int) playlist.size() + 512)
                .buildAsync();
    }

    /** What can be fetched of a video; null if there is no such video. */
    CompletableFuture<Offering> offering(VideoId video) {
        return get(offerings, video, reader::offeringOrNull);
    }

    /** The same, asked anew. */
    CompletableFuture<Offering> offeringNow(VideoId video) {
        offerings.synchronous().invalidate(video);
        return offering(video);
    }

    /** The representation of a media URL; null if there is none. */
    CompletableFuture<Content> content(Offering offering, MediaPath path) {
        if (path.form() == MediaPath.Form.M3U8) {
            return offering.hasPlaylist(path) ? get(playlists, path, reader::playlistOrNull) : nothing();
        }
        return offering.item(path)
                .map(item -> get(objects, item.object(), key -> reader.storedOrNull(item)))
                .orElseGet(Catalogue::nothing);
    }

    void forget(@Observes VideoTouched news) {
        offerings.synchronous().invalidate(news.video());
    }

    private <K, V> CompletableFuture<V> get(AsyncCache<K, V> cache, K key, Function<K, V> read) {
        return cache.get(key, (wanted, ignored) -> CompletableFuture.supplyAsync(() -> read.apply(wanted), blocking));
    }

    private static Caffeine<Object, Object> memory(Ticker ticker) {
        return Caffeine.newBuilder().expireAfterWrite(MEMORY).ticker(ticker);
    }

    private static CompletableFuture<Content> nothing() {
        return CompletableFuture.completedFuture(null);
    }
}
