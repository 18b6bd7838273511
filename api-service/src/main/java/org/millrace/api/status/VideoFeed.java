package org.millrace.api.status;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.millrace.api.ledger.TaskLedger;
import org.millrace.api.ledger.VideoTouched;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;

/**
 * Says which videos have news, at most twice a second each. A listener that is too slow misses repetitions, never the
 * last one: it reads the state itself when it gets there.
 */
@ApplicationScoped
public class VideoFeed {

    private static final Logger LOG = Logger.getLogger(VideoFeed.class);
    private static final long PAUSE_MS = 400;

    /**
     * A video has changed.
     *
     * @param round counts the rounds of news upwards: who has read the video for one round knows all that led to it
     */
    public record News(VideoId video, long round) {

        private static final long NONE = 0;

        /** No news: whoever is told this has just come and wants to know how things stand. */
        public static News none(VideoId video) {
            return new News(video, NONE);
        }

        /** Whether nothing is known to have changed. */
        public boolean isNone() {
            return round == NONE;
        }
    }

    private final Set<VideoId> news = ConcurrentHashMap.newKeySet();
    private final BroadcastProcessor<News> broadcast = BroadcastProcessor.create();
    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("video-feed").unstarted(task));
    private final TaskLedger tasks;
    private final LiveProgress live;
    private long round;

    VideoFeed(TaskLedger tasks, LiveProgress live) {
        this.tasks = tasks;
        this.live = live;
    }

    /** Endless; videos that are gone appear too. Every listener buffers a little, then drops. */
    public Multi<News> changes() {
        return broadcast.onOverflow().buffer(256).onFailure().recoverWithCompletion();
    }

    void on(@Observes VideoTouched touched) {
        news.add(touched.video());
    }

    void onStart(@Observes StartupEvent start) {
        publisher.scheduleWithFixedDelay(this::publishSafely, PAUSE_MS, PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes ShutdownEvent stop) {
        publisher.shutdownNow();
    }

    private void publishSafely() {
        try {
            publish();
        } catch (RuntimeException e) {
            LOG.warn("Pages could not be told of news; the next round tells them", e);
        }
    }

    /** One thread publishes for all, outside any event loop: finding a task's video may read the ledger. */
    private void publish() {
        Set<VideoId> changed = new HashSet<>();
        for (TaskId task : live.takeNews()) {
            tasks.videoOf(task).ifPresent(changed::add);
        }
        Set<VideoId> touched = Set.copyOf(news);
        news.removeAll(touched);
        changed.addAll(touched);
        round++;
        changed.forEach(video -> broadcast.onNext(new News(video, round)));
    }
}
