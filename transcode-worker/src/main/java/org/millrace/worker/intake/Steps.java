package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.millrace.model.message.Manifest;
import org.millrace.model.task.Task;
import org.millrace.worker.analyse.HeaderStep;
import org.millrace.worker.analyse.IndexStep;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.encode.AssembleStep;
import org.millrace.worker.encode.AudioStep;
import org.millrace.worker.encode.ChunkStep;
import org.millrace.worker.encode.CopyStep;
import org.millrace.worker.encode.DownloadStep;
import org.millrace.worker.encode.LoudnessStep;
import org.millrace.worker.ffmpeg.FfmpegInstallation;
import org.millrace.worker.picture.CoverStep;
import org.millrace.worker.picture.PreviewStep;
import org.millrace.worker.picture.StoryboardStep;
import org.millrace.worker.subtitle.SubtitleStep;
import org.millrace.worker.verify.AuditStep;

/** Which step does which kind of task. */
@ApplicationScoped
public class Steps {

    private final SourceReader sources;
    private final HeaderStep header;
    private final IndexStep index;
    private final ChunkStep chunk;
    private final AudioStep audio;
    private final LoudnessStep loudness;
    private final CopyStep copy;
    private final PreviewStep preview;
    private final CoverStep cover;
    private final StoryboardStep storyboard;
    private final SubtitleStep subtitles;
    private final AssembleStep assemble;
    private final DownloadStep download;
    private final AuditStep audit;
    private final String encoder;

    @Inject
    Steps(
            SourceReader sources,
            HeaderStep header,
            IndexStep index,
            ChunkStep chunk,
            AudioStep audio,
            LoudnessStep loudness,
            CopyStep copy,
            PreviewStep preview,
            CoverStep cover,
            StoryboardStep storyboard,
            SubtitleStep subtitles,
            AssembleStep assemble,
            DownloadStep download,
            AuditStep audit,
            FfmpegInstallation installation) {
        this.sources = sources;
        this.header = header;
        this.index = index;
        this.chunk = chunk;
        this.audio = audio;
        this.loudness = loudness;
        this.copy = copy;
        this.preview = preview;
        this.cover = cover;
        this.storyboard = storyboard;
        this.subtitles = subtitles;
        this.assemble = assemble;
        this.download = download;
        this.audit = audit;
        this.encoder = installation.fingerprint();
    }

    /** Does the attempt's task and says what was made. Failures come out as exceptions. */
    Manifest run(Attempt attempt) {
        long begun = System.nanoTime();
        Made made = made(attempt);
        attempt.progress(1, 0);
        double wallSeconds = (System.nanoTime() - begun) / 1e9;
        return new Manifest(made.result(), made.remarks(), encoder, attempt.cpuSeconds(), wallSeconds);
    }

    private Made made(Attempt attempt) {
        return switch (attempt.offer().work()) {
            case Task.Assemble work -> assemble.run(attempt, work);
            case Task.Download work -> download.run(attempt, work);
            case Task.Audit work -> audit.run(attempt, work);
            case Task.Storyboard work -> storyboard.run(attempt, work);
            case Task.Analyse work -> sources.read(attempt, work.source(), path -> fromSource(attempt, path));
            case Task.EncodeChunk work -> sources.read(attempt, work.source(), path -> fromSource(attempt, path));
            case Task.EncodeAudio work -> sources.read(attempt, work.source(), path -> fromSource(attempt, path));
            case Task.Preview work -> sources.read(attempt, work.source(), path -> fromSource(attempt, path));
            case Task.MeasureLoudness work -> sources.read(attempt, work.source(), path -> fromSource(attempt, path));
            case Task.Remux work -> sources.read(attempt, work.source(), path -> fromSource(attempt, path));
            case Task.Cover work -> sources.read(attempt, work.source(), path -> fromSource(attempt, path));
            case Task.ExtractSubtitles work -> sources.read(attempt, work.source(), path -> fromSource(attempt, path));
        };
    }

    private Made fromSource(Attempt attempt, Path source) {
        return switch (attempt.offer().work()) {
            case Task.Analyse work when work.scope() == Task.Analyse.Scope.HEADER -> header.run(attempt, source);
            case Task.Analyse work -> index.run(attempt, source);
            case Task.EncodeChunk work -> chunk.run(attempt, work, source);
            case Task.EncodeAudio work -> audio.run(attempt, work, source);
            case Task.Preview work -> preview.run(attempt, work, source);
            case Task.MeasureLoudness work -> loudness.run(attempt, work, source);
            case Task.Remux work -> copy.run(attempt, work, source);
            case Task.Cover work -> cover.run(attempt, work, source);
            case Task.ExtractSubtitles work -> subtitles.run(attempt, work, source);
            case Task.Assemble work -> throw new IllegalStateException("Needs no source: " + work);
            case Task.Storyboard work -> throw new IllegalStateException("Needs no source: " + work);
            case Task.Download work -> throw new IllegalStateException("Needs no source: " + work);
            case Task.Audit work -> throw new IllegalStateException("Needs no source: " + work);
        };
    }
}
