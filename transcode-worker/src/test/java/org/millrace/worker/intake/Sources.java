package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Result;
import org.millrace.model.task.Remark;
import org.millrace.model.task.Task;
import org.millrace.model.task.VideoInput;
import org.millrace.store.MediaStore;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.encode.Pictures;
import org.millrace.worker.ffmpeg.FfmpegKit;
import org.millrace.worker.ffmpeg.SourcePicture;
import org.millrace.worker.ffmpeg.Treated;

/** Analyses sources with real attempts and treats their pictures as the facts say. */
@ApplicationScoped
class Sources {

    @Inject
    Chain chain;

    @Inject
    MediaStore store;

    @Inject
    ScratchFolder scratch;

    /**
     * A source that was analysed.
     *
     * @param facts from its header
     * @param remarks made on the way
     */
    record Known(Path file, MediaFacts facts, List<Remark> remarks) {

        VideoTrack track() {
            return facts.mainVideo().orElseThrow();
        }
    }

    /** Analyses a file. */
    Known analyse(Path file) {
        VideoId video = VideoId.random();
        store.put(MediaLayout.source(video), file);
        List<Remark> remarks = new ArrayList<>();
        Outcome outcome =
                chain.attempt(video, new Task.Analyse(MediaLayout.source(video), Task.Analyse.Scope.HEADER), remarks);
        assertThat(outcome).as(file.toString()).isInstanceOf(Outcome.AttemptSucceeded.class);
        return new Known(file, ((Result.Header) Chain.result(outcome)).facts(), remarks);
    }

    /** The pictures of a source at the even size next to what its facts say. */
    Treated treat(Known known) {
        return treat(
                known, even(known.track().displayWidth()), even(known.track().displayHeight()));
    }

    /** The pictures of a source at some size. */
    Treated treat(Known known, int width, int height) {
        return treat(known, picture(known), width, height);
    }

    /** The pictures of a source as a copy of it has them, into which the way to turn them was not copied. */
    Treated treatCopied(Known known, int width, int height) {
        SourcePicture picture = picture(known);
        return treat(known, picture.movedTo(picture.stream(), picture.start()), width, height);
    }

    private static SourcePicture picture(Known known) {
        return Pictures.of(new VideoInput(
                known.track().index(),
                known.facts().startSeconds(),
                0,
                known.facts().container(),
                known.track()));
    }

    private Treated treat(Known known, SourcePicture picture, int width, int height) {
        Path folder = scratch.create("treated-" + System.nanoTime());
        try (FfmpegKit kit = FfmpegKit.real()) {
            return Treated.of(kit, folder, picture, known.file(), width, height);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            scratch.delete(folder);
        }
    }

    private static int even(int pixels) {
        return Math.max(2, (pixels + 1) / 2 * 2);
    }
}
