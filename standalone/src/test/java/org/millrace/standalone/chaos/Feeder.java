package org.millrace.standalone.chaos;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.millrace.standalone.testbed.TusUpload;

/** People who upload and do not give up: what breaks off is asked for and goes on, as every tus client does. */
final class Feeder {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Installation installation;
    private final List<Clip> clips;
    private final Queue<Submission> submissions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong interruptions = new AtomicLong();

    Feeder(Installation installation, List<Clip> clips) {
        this.installation = installation;
        this.clips = clips;
    }

    /** What has been acknowledged so far. */
    List<Submission> submissions() {
        return List.copyOf(submissions);
    }

    /** How often an upload broke off and went on. */
    long interruptions() {
        return interruptions.get();
    }

    /** Uploads the next clip in turn. */
    Submission submitNext() {
        return submit(clips.get(next.getAndIncrement() % clips.size()));
    }

    /** Uploads a clip, however often it breaks off. */
    Submission submit(Clip clip) {
        TusUpload upload =
                insist("announce " + clip.name(), () -> TusUpload.announce(installation.address(), clip.bytes()));
        return finish(upload, clip);
    }

    /** Sends what is missing of an upload, however often it breaks off. */
    Submission finish(TusUpload upload, Clip clip) {
        String video = insist("upload " + clip.name(), () -> {
            long safe = upload.offset(installation.address());
            if (safe < clip.bytes().length) {
                return upload.finish(installation.address(), (int) safe);
            }
            Optional<String> known = upload.video(installation.address());
            return known.orElseThrow(() -> new AssertionError("complete, but no video"));
        });
        Submission submission = new Submission(video, clip);
        submissions.add(submission);
        return submission;
    }

    /** Keeps this many videos in work until it is told to stop, and uploads at least so many in all. */
    void keepBusy(int backlog, int atLeast, BooleanSupplier going) {
        while (going.getAsBoolean() || submissions.size() < atLeast) {
            if (unfinished() < backlog) {
                submitNext();
            } else {
                Hold.on(PAUSE);
            }
        }
    }

    private long unfinished() {
        try {
            return installation.ledger().unfinishedVideos();
        } catch (IllegalStateException e) {
            // The database is what is broken now.
            return Long.MAX_VALUE;
        }
    }

    private interface Step<T> {
        T take();
    }

    private <T> T insist(String what, Step<T> step) {
        AssertionError[] last = new AssertionError[1];
        Object[] result = new Object[1];
        boolean done = Hold.until(PATIENCE, () -> {
            try {
                result[0] = step.take();
                return true;
            } catch (UncheckedIOException | AssertionError | IllegalStateException e) {
                last[0] = new AssertionError(e);
                interruptions.incrementAndGet();
                Hold.on(PAUSE);
                return false;
            }
        });
        if (!done) {
            throw new AssertionError("Not possible within " + PATIENCE + ": " + what, last[0]);
        }
        @SuppressWarnings("unchecked")
        T value = (T) result[0];
        return value;
    }
}
