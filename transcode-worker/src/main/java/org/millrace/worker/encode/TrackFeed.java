package org.millrace.worker.encode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.ffmpeg.ByteReader;
import org.millrace.worker.mp4.Fragment;
import org.millrace.worker.mp4.FragmentStream;
import org.millrace.worker.mp4.GrowingFile;
import org.millrace.worker.mp4.InitSegment;
import org.millrace.worker.mp4.Mp4Exception;
import org.millrace.worker.publish.VerifiedTrack;
import org.millrace.worker.verify.FragmentCheck;

/**
 * Cuts a growing track into parts. One thread reads what the converter writes, checks each fragment and puts it into the
 * part that is open; another takes finished parts away. A part is finished as soon as it holds a fragment and somebody
 * waits for it, but not sooner than a second after the one before: while a part is on its way the next one grows.
 */
final class TrackFeed implements ByteReader {

    private static final Duration PACE = Duration.ofSeconds(1);

    private final Path folder;
    private final FragmentCheck check;
    private final Optional<Path> copy;
    private final long mostBytes;
    private final BlockingQueue<Optional<VerifiedTrack>> parts = new LinkedBlockingQueue<>();
    private volatile boolean awaited;
    private long finishedAt;
    private int finished;

    /**
     * A feed of parts.
     *
     * @param folder where they are written; made if it does not exist
     * @param check looks at each fragment
     * @param copy where all fragments that are kept are written to as one file besides; empty for nowhere
     * @param mostBytes how many may come: time stamps gone wild must not fill the disk
     */
    TrackFeed(Path folder, FragmentCheck check, Optional<Path> copy, long mostBytes) {
        this.folder = folder;
        this.check = check;
        this.copy = copy;
        this.mostBytes = mostBytes;
    }

    @Override
    public void read(InputStream bytes) throws IOException {
        try {
            readAll(new FragmentStream(bytes));
        } catch (Mp4Exception e) {
            throw new AttemptFailedException(FailureCode.OUTPUT_INVALID, e.getMessage(), e);
        } finally {
            parts.add(Optional.empty());
        }
    }

    /** Hands on every part as it is finished; returns when there will be none any more. */
    void forEach(Consumer<VerifiedTrack> consumer) throws InterruptedException {
        for (Optional<VerifiedTrack> part = next(); part.isPresent(); part = next()) {
            consumer.accept(part.get());
        }
    }

    private Optional<VerifiedTrack> next() throws InterruptedException {
        awaited = true;
        try {
            return parts.take();
        } finally {
            awaited = false;
        }
    }

    private void readAll(FragmentStream stream) throws IOException {
        Optional<InitSegment> init = stream.init();
        if (init.isEmpty()) {
            return;
        }
        check.init(init.get());
        Files.createDirectories(folder);
        if (copy.isEmpty()) {
            readFragments(stream, init.get(), null);
            return;
        }
        try (GrowingFile whole = new GrowingFile(copy.get(), init.get())) {
            readFragments(stream, init.get(), whole);
            whole.finish();
        }
    }

    /** Reads to the end; {@code whole} is null if no copy is wanted. */
    private void readFragments(FragmentStream stream, InitSegment init, GrowingFile whole) throws IOException {
        GrowingFile part = open(init);
        try {
            OutputStream bytes = both(part, whole);
            long came = 0;
            for (Optional<Fragment> next = stream.next(bytes, 0); next.isPresent(); next = stream.next(bytes, 0)) {
                came += next.get().info().size();
                if (came > mostBytes) {
                    throw new AttemptFailedException(FailureCode.TOO_COMPLEX, "More than " + mostBytes + " bytes came");
                }
                boolean kept = check.take(next.get());
                settle(part, next.get(), kept);
                settle(whole, next.get(), kept);
                if (kept && isDue()) {
                    handOver(part, init);
                    part = open(init);
                    bytes = both(part, whole);
                }
            }
            if (!part.isEmpty()) {
                handOver(part, init);
            }
        } finally {
            part.close();
        }
    }

    private static void settle(GrowingFile file, Fragment fragment, boolean kept) throws IOException {
        if (file != null && kept) {
            file.keep(fragment.info());
        } else if (file != null) {
            file.drop();
        }
    }

    private GrowingFile open(InitSegment init) throws IOException {
        return new GrowingFile(folder.resolve("part-" + finished), init);
    }

    private boolean isDue() {
        return awaited && (finished == 0 || System.nanoTime() - finishedAt >= PACE.toNanos());
    }

    private void handOver(GrowingFile part, InitSegment init) throws IOException {
        parts.add(Optional.of(new VerifiedTrack(part.path(), part.finish(), init.sha256())));
        finishedAt = System.nanoTime();
        finished++;
    }

    private static OutputStream both(GrowingFile part, GrowingFile whole) {
        return whole == null ? part.bytes() : new TeeOutputStream(part.bytes(), whole.bytes());
    }
}
