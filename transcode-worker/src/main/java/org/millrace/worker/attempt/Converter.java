package org.millrace.worker.attempt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.TaskOffer;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.worker.ffmpeg.ByteReader;
import org.millrace.worker.ffmpeg.FfmpegCommand;
import org.millrace.worker.ffmpeg.FfmpegConfig;
import org.millrace.worker.ffmpeg.FfmpegProcess;
import org.millrace.worker.ffmpeg.FfmpegResult;
import org.millrace.worker.ffmpeg.FfmpegRunner;
import org.millrace.worker.ffmpeg.IndexedPacket;
import org.millrace.worker.ffmpeg.InputGuard;
import org.millrace.worker.ffmpeg.InputName;
import org.millrace.worker.ffmpeg.Limits;
import org.millrace.worker.ffmpeg.MediaProbe;
import org.millrace.worker.ffmpeg.Probe;
import org.millrace.worker.ffmpeg.ProbeException;
import org.millrace.worker.ffmpeg.ProgressListener;
import org.millrace.worker.ffmpeg.Workspace;

/**
 * Runs ffmpeg and ffprobe for an attempt: what it runs dies when the attempt is stopped, its processor time is charged to
 * the attempt, and an end that was not its own is a failure with a reason. An end of its own, whatever the exit code, is
 * returned: only verification tells what it is worth.
 */
@ApplicationScoped
public class Converter {

    private static final Duration SHORTEST_WALL = Duration.ofMinutes(10);

    private final FfmpegRunner runner;
    private final MediaProbe probe;
    private final FfmpegConfig config;

    @Inject
    Converter(FfmpegRunner runner, MediaProbe probe, FfmpegConfig config) {
        this.runner = runner;
        this.probe = probe;
        this.config = config;
    }

    /** The guard that every input is opened with. */
    public InputGuard guard() {
        return InputGuard.of(config);
    }

    /**
     * Limits for work on media of some length.
     *
     * @param mediaSeconds length of what is read
     * @param outputBytes most bytes of one written file
     */
    public Limits limits(double mediaSeconds, long outputBytes) {
        Duration wall = Duration.ofMillis((long) (mediaSeconds * 1000 * config.wallTimeFactor()));
        Duration enough = wall.compareTo(SHORTEST_WALL) > 0 ? wall : SHORTEST_WALL;
        return new Limits(
                config.maxMemory().asLongValue(),
                outputBytes,
                enough.multipliedBy(Runtime.getRuntime().availableProcessors()),
                enough,
                config.stallTimeout());
    }

    /** The fast lane goes first on the processor, too. Sound is made so much faster that it must not hold pictures up. */
    private static Limits ranked(Attempt attempt, Limits limits) {
        TaskOffer offer = attempt.offer();
        if (offer.lane() != Lane.FAST) {
            return limits.ranked(Limits.Rank.REST);
        }
        return limits.ranked(offer.work() instanceof Task.EncodeAudio ? Limits.Rank.BESIDE : Limits.Rank.FIRST);
    }

    /**
     * Runs ffmpeg to its end.
     *
     * @throws AttemptFailedException if something other than ffmpeg itself ended it
     */
    public FfmpegResult run(
            Attempt attempt, FfmpegCommand command, Workspace workspace, Limits limits, ProgressListener listener) {
        return finish(attempt, () -> runner.start(command, workspace, ranked(attempt, limits), listener), () -> {});
    }

    /**
     * Runs an ffmpeg that writes media to its standard output.
     *
     * @param reader takes the bytes on a thread of the run; what it throws ends the run and comes out here
     * @throws AttemptFailedException if something other than ffmpeg itself ended it
     */
    public FfmpegResult stream(
            Attempt attempt,
            FfmpegCommand command,
            Workspace workspace,
            Limits limits,
            ByteReader reader,
            ProgressListener listener) {
        return stream(attempt, command, workspace, limits, reader, listener, () -> {});
    }

    /**
     * The same, with something to do meanwhile.
     *
     * @param meanwhile runs on the calling thread as long as there is something to do; if it throws, the run is ended
     * @throws AttemptFailedException if something other than ffmpeg itself ended it
     */
    public FfmpegResult stream(
            Attempt attempt,
            FfmpegCommand command,
            Workspace workspace,
            Limits limits,
            ByteReader reader,
            ProgressListener listener,
            Meanwhile meanwhile) {
        Limits ranked = ranked(attempt, limits);
        return finish(attempt, () -> runner.startStreaming(command, workspace, ranked, reader, listener), meanwhile);
    }

    /** Something to do while a converter runs. */
    @FunctionalInterface
    public interface Meanwhile {
        /** Does it; if the thread is interrupted the converter is ended. */
        void run() throws InterruptedException;
    }

    private interface Start {
        FfmpegProcess run() throws IOException;
    }

    private static FfmpegResult finish(Attempt attempt, Start start, Meanwhile meanwhile) {
        attempt.checkGoing();
        try (FfmpegProcess process = start.run()) {
            attempt.listen(process::errorLines);
            FfmpegResult result = await(attempt, process, meanwhile);
            attempt.spend(result.cpu());
            attempt.checkGoing();
            attempt.checkSource();
            EndReasons.check(result);
            return result;
        } catch (IOException e) {
            throw new AttemptFailedException(FailureCode.ENCODER_KILLED, "Cannot start the converter: " + e, e);
        } catch (InterruptedException e) {
            throw interrupted(attempt);
        }
    }

    private static FfmpegResult await(Attempt attempt, FfmpegProcess process, Meanwhile meanwhile)
            throws InterruptedException {
        Attempt.Registration stopping = attempt.onStop(process::cancel);
        try {
            meanwhile.run();
            return process.await();
        } finally {
            stopping.close();
        }
    }

    /**
     * Reads a file's header.
     *
     * @throws ProbeException if ffprobe ended by itself and could make nothing of the file
     */
    public Probe header(Attempt attempt, Workspace workspace, InputName input) throws ProbeException {
        Limits limits =
                ranked(attempt, limits(0, 1)).withWall(config.probeTimeout()).withStall(config.probeTimeout());
        return probing(attempt, () -> probe.header(input, workspace, limits));
    }

    /**
     * Reads how bright a high dynamic range picture is at most.
     *
     * @param stream number of the stream in the file
     * @return cd/m²; empty if the file does not say
     * @throws ProbeException if ffprobe ended by itself and could make nothing of the file
     */
    public Optional<Double> peakNits(Attempt attempt, Workspace workspace, InputName input, int stream)
            throws ProbeException {
        Limits limits = limits(0, 1).withWall(config.probeTimeout()).withStall(config.probeTimeout());
        return probing(attempt, () -> probe.peakNits(input, stream, workspace, limits));
    }

    /**
     * Reads the source's header and lists its first packets.
     *
     * @param until how much of the source to list, from its start; empty lists all packets
     * @throws ProbeException if ffprobe ended by itself and could make nothing of the file
     */
    public Probe opening(
            Attempt attempt, Workspace workspace, Optional<Duration> until, Consumer<IndexedPacket> packets)
            throws ProbeException {
        Limits limits =
                ranked(attempt, limits(0, 1)).withWall(config.probeTimeout()).withStall(config.probeTimeout());
        MediaProbe.Opening opening = probing(
                attempt,
                () -> probe.opening(InputName.SOURCE, workspace, limits, until, packet -> {
                    attempt.wants(packet.position(), packet.position() + packet.size());
                    packets.accept(packet);
                }));
        attempt.spend(opening.result().cpu());
        attempt.listen(opening.result()::errorLines);
        attempt.checkSource();
        return opening.probe();
    }

    /**
     * Decodes the first packets of the source's first moving picture.
     *
     * @param packets how many
     * @return how many pictures came out
     * @throws ProbeException if ffprobe ended by itself and could make nothing of the file
     */
    public int firstFrames(Attempt attempt, Workspace workspace, int packets) throws ProbeException {
        Limits limits =
                ranked(attempt, limits(0, 1)).withWall(config.probeTimeout()).withStall(config.probeTimeout());
        MediaProbe.Frames frames = probing(attempt, () -> probe.firstFrames(workspace, limits, packets));
        attempt.spend(frames.result().cpu());
        return frames.count();
    }

    /**
     * Lists the packets of the source.
     *
     * @throws ProbeException if ffprobe ended by itself and could not read to the end
     */
    public FfmpegResult packets(
            Attempt attempt, Workspace workspace, double mediaSeconds, Consumer<IndexedPacket> packets)
            throws ProbeException {
        Limits limits = ranked(attempt, limits(mediaSeconds, 1));
        FfmpegResult result = probing(attempt, () -> probe.packets(InputName.SOURCE, workspace, limits, packets));
        attempt.spend(result.cpu());
        return result;
    }

    private interface Probing<T> {
        T run() throws ProbeException, IOException, InterruptedException;
    }

    private static <T> T probing(Attempt attempt, Probing<T> question) throws ProbeException {
        attempt.checkGoing();
        Attempt.Registration stopping = attempt.onStop(Thread.currentThread()::interrupt);
        try {
            return question.run();
        } catch (ProbeException e) {
            attempt.checkGoing();
            attempt.spend(e.result().cpu());
            EndReasons.checkReading(e.result());
            throw e;
        } catch (IOException e) {
            attempt.checkGoing();
            throw new AttemptFailedException(FailureCode.ENCODER_KILLED, "Cannot start the probe: " + e, e);
        } catch (InterruptedException e) {
            throw interrupted(attempt);
        } finally {
            stopping.close();
        }
    }

    private static AttemptFailedException interrupted(Attempt attempt) {
        attempt.checkGoing();
        return new AttemptFailedException(FailureCode.ENCODER_KILLED, "The worker was interrupted");
    }
}
