package org.millrace.worker.picture;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Result;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.StoredFile;
import org.millrace.model.task.Task;
import org.millrace.store.MediaStore;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.AttemptFailedException;
import org.millrace.worker.attempt.Converter;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ScratchFolder;
import org.millrace.worker.ffmpeg.FfmpegCommand;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.KeyPictureCommand;
import org.millrace.worker.ffmpeg.MovingPreviewCommand;
import org.millrace.worker.ffmpeg.PosterCommand;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.SheetCommand;
import org.millrace.worker.ffmpeg.Workspace;
import org.millrace.worker.publish.Publisher;
import org.millrace.worker.verify.JpegVerifier;
import org.millrace.worker.verify.PreviewVerifier;

/**
 * Makes the sheet of small pictures, the best poster and the moving preview from finished renditions, of which it reads
 * only the fragments it shows.
 */
@ApplicationScoped
public class StoryboardStep {

    private static final String SHEET = "storyboard.jpg";
    private static final String PREVIEW = "preview.mp4";

    private final Converter converter;
    private final MediaStore store;
    private final ScratchFolder scratch;
    private final JpegVerifier pictures;
    private final PreviewVerifier previews;
    private final Publisher publisher;

    @Inject
    StoryboardStep(
            Converter converter,
            MediaStore store,
            ScratchFolder scratch,
            JpegVerifier pictures,
            PreviewVerifier previews,
            Publisher publisher) {
        this.converter = converter;
        this.store = store;
        this.scratch = scratch;
        this.pictures = pictures;
        this.previews = previews;
        this.publisher = publisher;
    }

    /** Everything, published. */
    public Made run(Attempt attempt, Task.Storyboard task) {
        EncodedTrack small = track(task, task.small());
        EncodedTrack large = track(task, task.large());
        Tiles tiles = Tiles.of(small);
        Workspace sheet = drawSheet(attempt, small, tiles);
        Worths worths = Worths.of(grays(sheet, tiles), tiles, small);
        attempt.progress(0.5, 0);
        Path poster = takePoster(attempt, large, worths.bestSeconds());
        attempt.progress(0.7, 0);
        StoredFile preview = makePreview(attempt, task, small, worths);
        Publisher.Stored storedSheet =
                publisher.put(attempt.setObject(task.set(), SHEET), sheet.output(SheetCommand.SHEET));
        return Made.of(new Result.Storyboard(
                poster(attempt, task, poster),
                file(storedSheet),
                tiles.columns(),
                tiles.fragments().size(),
                tiles.width(),
                tiles.height(),
                tiles.intervalSeconds(),
                preview));
    }

    private Workspace drawSheet(Attempt attempt, EncodedTrack small, Tiles tiles) {
        SheetCommand command = new SheetCommand(tiles.columns(), tiles.rows(), tiles.width(), tiles.height());
        Workspace workspace = run(attempt, "sheet", small, tiles.fragments(), command.toCommand(converter.guard()));
        JpegVerifier.Size size = pictures.verify(workspace.output(SheetCommand.SHEET));
        if (size.width() != tiles.columns() * tiles.width() || size.height() != tiles.rows() * tiles.height()) {
            throw invalid("The storyboard has " + size.width() + "×" + size.height() + " pixels");
        }
        return workspace;
    }

    private static List<GrayPicture> grays(Workspace sheet, Tiles tiles) {
        try {
            byte[] all = Files.readAllBytes(sheet.output(SheetCommand.GRAYS));
            int size = tiles.width() * tiles.height();
            if (all.length != size * tiles.fragments().size()) {
                throw invalid(all.length / size + " key frames were decoded instead of "
                        + tiles.fragments().size());
            }
            List<GrayPicture> pictures = new ArrayList<>();
            for (int at = 0; at < all.length; at += size) {
                pictures.add(new GrayPicture(Arrays.copyOfRange(all, at, at + size), tiles.width(), tiles.height()));
            }
            return pictures;
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.OUTPUT_INVALID, "The key frames are not there: " + e, e);
        }
    }

    private Path takePoster(Attempt attempt, EncodedTrack large, double seconds) {
        double[] starts = Tiles.starts(large);
        int number = 0;
        while (number + 1 < starts.length && starts[number + 1] <= seconds + 0.001) {
            number++;
        }
        FfmpegCommand command = new KeyPictureCommand().toCommand(converter.guard());
        return run(attempt, "poster", large, List.of(number), command).output(PosterCommand.FILE_NAME);
    }

    private Result.Poster poster(Attempt attempt, Task.Storyboard task, Path poster) {
        JpegVerifier.Size size = pictures.verify(poster);
        Publisher.Stored stored = publisher.put(attempt.setObject(task.set(), PreviewStep.NAME), poster);
        return new Result.Poster(stored.object(), stored.size(), size.width(), size.height(), stored.sha256());
    }

    private StoredFile makePreview(Attempt attempt, Task.Storyboard task, EncodedTrack small, Worths worths) {
        MovingPreview plan = MovingPreview.of(small, worths).orElse(null);
        if (plan == null) {
            return null;
        }
        MovingPreviewCommand command = plan.command();
        Workspace workspace = run(attempt, "preview", small, plan.fragments(), command.toCommand(converter.guard()));
        Path file = workspace.output(MovingPreviewCommand.FILE_NAME);
        previews.verify(attempt, file, command.totalSeconds(), command.width(), command.height());
        return file(publisher.put(attempt.setObject(task.set(), PREVIEW), file));
    }

    private Workspace run(
            Attempt attempt, String name, EncodedTrack track, List<Integer> fragments, FfmpegCommand command) {
        long bytes = Excerpt.bytes(track, fragments);
        scratch.requireSpace(bytes);
        Path excerpt = attempt.scratch(name).resolve("excerpt.mp4");
        Excerpt.write(store, track, fragments, excerpt);
        Workspace workspace =
                new Workspace(attempt.scratch(name).resolve("run"), Map.of(InputName.VIDEO, excerpt.toAbsolutePath()));
        converter.run(
                attempt, command, workspace, converter.limits(60, PreviewStep.MOST_BYTES), ProgressListener.SILENT);
        return workspace;
    }

    private static EncodedTrack track(Task.Storyboard task, String name) {
        return task.track(name)
                .filter(track -> !track.fragments().isEmpty())
                .orElseThrow(() -> invalid("There is no rendition " + name));
    }

    private static StoredFile file(Publisher.Stored stored) {
        return new StoredFile(stored.object(), stored.size(), stored.sha256());
    }

    private static AttemptFailedException invalid(String sentence) {
        return new AttemptFailedException(FailureCode.OUTPUT_INVALID, sentence);
    }
}
