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
import java.util.function.Supplier;
import org.millrace.api.ledger.PublishedRow;
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
    private static final int MOST_FRAGMENTS = 1_000_000;
    private static final long MOST_TEXT_BYTES = 64 << 20;

    private static final String PLAYLIST = "application/vnd.apple.mpegurl";
    private static final String CUES = "text/vtt";

    private final CatalogueReader reader;
    private final Executor blocking;
    private final AsyncCache<VideoId, Offering> offerings;
    private final AsyncCache<SetKey, PlayedSet> sets;
    private final AsyncCache<TextKey, Content> texts;
    private final AsyncCache<ObjectKey, Content> objects;

    /** A set of a video. */
    private record SetKey(VideoId video, int number) {}

    /** A text and what it was made from, so that it is made anew when that has changed. */
    private record TextKey(MediaPath path, PlayedSet set) {

        @Override
        public boolean equals(Object other) {
            return other instanceof TextKey text && path.equals(text.path) && set == text.set;
        }

        @Override
        public int hashCode() {
            return 31 * path.hashCode() + System.identityHashCode(set);
        }
    }

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
        this.sets = memory(ticker)
                .maximumWeight(MOST_FRAGMENTS)
                .weigher((SetKey key, PlayedSet set) -> set.weight() + 16)
                .buildAsync();
        this.texts = memory(ticker)
                .maximumWeight(MOST_TEXT_BYTES)
                .weigher((TextKey key, Content text) -> (int) text.size() + 512)
                .buildAsync();
    }

    /** What can be fetched of a video; null if there is no such video. */
    CompletableFuture<Offering> offering(VideoId video) {
        return get(offerings, video, () -> reader.offeringOrNull(video));
    }

    /** Forgets what is remembered of a video, so that it is asked anew. */
    void forget(VideoId video) {
        offerings.synchronous().invalidate(video);
        sets.asMap().keySet().removeIf(key -> key.video().equals(video));
    }

    void forget(@Observes VideoTouched news) {
        forget(news.video());
    }

    /** The representation of a media URL; null if there is none. */
    CompletableFuture<Content> content(Offering offering, MediaPath path) {
        return offering.item(path)
                .map(item -> object(item.object(), type(item.kind())))
                .orElseGet(() -> played(offering, path));
    }

    private CompletableFuture<Content> played(Offering offering, MediaPath path) {
        boolean published = offering.publishedSet() != null && path.set() <= offering.publishedSet();
        SetKey key = new SetKey(path.video(), path.set());
        return get(sets, key, () -> reader.playedOrNull(key.video(), key.number(), published))
                .thenCompose(set -> set == null ? nothing() : of(set, path));
    }

    private CompletableFuture<Content> of(PlayedSet set, MediaPath path) {
        return switch (path.form()) {
            case M3U8, VTT -> text(set, path);
            case M4S, MP4 -> part(set.bytesOrNull(path));
            case JPG -> nothing();
        };
    }

    private CompletableFuture<Content> text(PlayedSet set, MediaPath path) {
        return get(texts, new TextKey(path, set), () -> {
            String text = set.textOrNull(path);
            return text == null ? null : Content.text(path.form() == MediaPath.Form.VTT ? CUES : PLAYLIST, text);
        });
    }

    private CompletableFuture<Content> part(PlayedSet.Bytes bytes) {
        return bytes == null
                ? nothing()
                : object(bytes.object(), bytes.video() ? "video/mp4" : "audio/mp4")
                        .thenApply(whole -> whole == null ? null : part(whole, bytes));
    }

    private static Content part(Content whole, PlayedSet.Bytes bytes) {
        long length = bytes.length() < 0 ? whole.size() - bytes.offset() : bytes.length();
        return bytes.offset() + length > whole.size()
                ? null
                : whole.part('"' + bytes.tag() + '"', bytes.offset(), length);
    }

    private CompletableFuture<Content> object(ObjectKey object, String type) {
        return get(objects, object, () -> reader.storedOrNull(object, type));
    }

    private static String type(PublishedRow.Kind kind) {
        return switch (kind) {
            case VIDEO, DOWNLOAD, CLIP -> "video/mp4";
            case AUDIO -> "audio/mp4";
            case POSTER, STORYBOARD -> "image/jpeg";
            case SUBTITLES -> CUES;
            case MANIFEST -> "application/json";
        };
    }

    private <K, V> CompletableFuture<V> get(AsyncCache<K, V> cache, K key, Supplier<V> read) {
        return cache.get(key, (wanted, ignored) -> CompletableFuture.supplyAsync(read, blocking));
    }

    private static Caffeine<Object, Object> memory(Ticker ticker) {
        return Caffeine.newBuilder().expireAfterWrite(MEMORY).ticker(ticker);
    }

    private static CompletableFuture<Content> nothing() {
        return CompletableFuture.completedFuture(null);
    }
}
