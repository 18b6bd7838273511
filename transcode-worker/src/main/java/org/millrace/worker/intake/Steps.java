package org.millrace.worker.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Manifest;
import org.millrace.model.task.Task;
import org.millrace.worker.analyse.HeaderStep;
import org.millrace.worker.analyse.IndexStep;
import org.millrace.worker.attempt.Attempt;
import org.millrace.worker.attempt.LocalObject;
import org.millrace.worker.attempt.Made;
import org.millrace.worker.attempt.ObjectFiles;
import org.millrace.worker.encode.AssembleStep;
import org.millrace.worker.encode.AudioStep;
import org.millrace.worker.encode.ChunkStep;
import org.millrace.worker.encode.DownloadStep;
import org.millrace.worker.encode.PreviewStep;
import org.millrace.worker.ffmpeg.FfmpegInstallation;

/** Which step does which kind of task. */
@ApplicationScoped
public class Steps {

    private final ObjectFiles objects;
    private final HeaderStep header;
    private final IndexStep index;
    private final ChunkStep chunk;
    private final AudioStep audio;
    private final PreviewStep preview;
    private final AssembleStep assemble;
    private final DownloadStep download;
    private final String encoder;

    @Inject
    Steps(
            ObjectFiles objects,
            HeaderStep header,
            IndexStep index,
            ChunkStep chunk,
            AudioStep audio,
            PreviewStep preview,
            AssembleStep assemble,
            DownloadStep download,
            FfmpegInstallation installation) {
        this.objects = objects;
        this.header = header;
        this.index = index;
        this.chunk = chunk;
        this.audio = audio;
        this.preview = preview;
        this.assemble = assemble;
        this.download = download;
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
            case Task.Analyse work -> fromSource(attempt, work.source());
            case Task.EncodeChunk work -> fromSource(attempt, work.source());
            case Task.EncodeAudio work -> fromSource(attempt, work.source());
            case Task.Preview work -> fromSource(attempt, work.source());
            case Task.Remux work -> throw new IllegalStateException("Handed back before: " + work);
        };
    }

    private Made fromSource(Attempt attempt, ObjectKey key) {
        try (LocalObject source = objects.open(key, attempt)) {
            return switch (attempt.offer().work()) {
                case Task.Analyse work
                when work.scope() == Task.Analyse.Scope.HEADER -> header.run(attempt, source.path());
                case Task.Analyse work -> index.run(attempt, source.path());
                case Task.EncodeChunk work -> chunk.run(attempt, work, source.path());
                case Task.EncodeAudio work -> audio.run(attempt, work, source.path());
                case Task.Preview work -> preview.run(attempt, work, source.path());
                case Task.Assemble work -> throw new IllegalStateException("Needs no source: " + work);
                case Task.Download work -> throw new IllegalStateException("Needs no source: " + work);
                case Task.Remux work -> throw new IllegalStateException("Handed back before: " + work);
            };
        }
    }
}
