package org.millrace.worker.ffmpeg;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Asks ffprobe about a workspace's input. */
@Singleton
public class MediaProbe {

    /** What is said of one frame; an answer cut short is no JSON any more, and is refused. */
    private static final int LONGEST_FRAME = 1 << 20;

    private final FfmpegRunner runner;
    private final InputGuard guard;

    /** A probe with the configured guard. */
    @Inject
    public MediaProbe(FfmpegConfig config, FfmpegRunner runner) {
        this.runner = runner;
        guard = InputGuard.of(config);
    }

    /**
     * Reads what a file says about itself.
     *
     * @throws ProbeException if ffprobe cannot read it: not media, damaged, over a limit
     * @throws IOException if ffprobe cannot be started
     * @throws InterruptedException if the waiting thread is interrupted; ffprobe is killed then
     */
    public Probe header(InputName input, Workspace workspace, Limits limits)
            throws ProbeException, IOException, InterruptedException {
        OpeningLines lines = new OpeningLines(packet -> {});
        return parsed(lines, read(new ProbeHeaderCommand(input).toCommand(guard), workspace, limits, lines::line));
    }

    /**
     * Reads what a file says about itself and lists its first packets.
     *
     * @param until how much of the file to list, from its start; empty lists all packets
     * @param packets takes each packet on a thread of the run
     * @throws ProbeException if ffprobe cannot read it: not media, damaged, over a limit
     * @throws IOException if ffprobe cannot be started
     * @throws InterruptedException if the waiting thread is interrupted; ffprobe is killed then
     */
    public Opening opening(
            InputName input,
            Workspace workspace,
            Limits limits,
            Optional<Duration> until,
            Consumer<IndexedPacket> packets)
            throws ProbeException, IOException, InterruptedException {
        OpeningLines lines = new OpeningLines(packets);
        FfmpegResult result =
                read(new ProbeOpeningCommand(input, until).toCommand(guard), workspace, limits, lines::line);
        return new Opening(parsed(lines, result), result);
    }

    /**
     * What was read of a file's beginning.
     *
     * @param probe what it says about itself
     * @param result how the run ended
     */
    public record Opening(Probe probe, FfmpegResult result) {}

    private static Probe parsed(OpeningLines lines, FfmpegResult result) throws ProbeException {
        try {
            return ProbeJson.parse(lines.header(), result.stderrTail());
        } catch (JsonProcessingException e) {
            throw new ProbeException("ffprobe's answer cannot be read: " + e.getOriginalMessage(), result);
        }
    }

    /**
     * Reads how bright a high dynamic range picture is at most.
     *
     * @return cd/m²; empty if the file does not say
     * @throws ProbeException if ffprobe cannot read it
     * @throws IOException if ffprobe cannot be started
     * @throws InterruptedException if the waiting thread is interrupted; ffprobe is killed then
     */
    public Optional<Double> peakNits(InputName input, int stream, Workspace workspace, Limits limits)
            throws ProbeException, IOException, InterruptedException {
        StringBuilder json = new StringBuilder();
        FfmpegResult result = read(new ProbeLightCommand(input, stream).toCommand(guard), workspace, limits, line -> {
            if (json.length() + line.length() < LONGEST_FRAME) {
                json.append(line).append('\n');
            }
        });
        try {
            return ProbeJson.peakNits(json.toString());
        } catch (JsonProcessingException e) {
            throw new ProbeException("ffprobe's answer cannot be read: " + e.getOriginalMessage(), result);
        }
    }

    /**
     * Decodes the first packets of a file's first moving picture.
     *
     * @param packets how many
     * @return how many pictures came out, and how the run ended
     * @throws ProbeException if ffprobe cannot read the file
     * @throws IOException if ffprobe cannot be started
     * @throws InterruptedException if the waiting thread is interrupted; ffprobe is killed then
     */
    public Frames firstFrames(Workspace workspace, Limits limits, int packets)
            throws ProbeException, IOException, InterruptedException {
        AtomicInteger frames = new AtomicInteger();
        FfmpegResult result = read(new ProbeFramesCommand(packets).toCommand(guard), workspace, limits, line -> {
            if (line.startsWith(ProbeFramesCommand.FRAME)) {
                frames.incrementAndGet();
            }
        });
        return new Frames(frames.get(), result);
    }

    /**
     * What was decoded of a file's beginning.
     *
     * @param count how many pictures came out
     * @param result how the run ended
     */
    public record Frames(int count, FfmpegResult result) {}

    /**
     * Lists every packet of a file, in file order.
     *
     * @param packets takes each packet on a thread of the run
     * @return how the run ended; its error lines tell of damage on the way
     * @throws ProbeException if ffprobe cannot read it to the end
     * @throws IOException if ffprobe cannot be started
     * @throws InterruptedException if the waiting thread is interrupted; ffprobe is killed then
     */
    public FfmpegResult packets(InputName input, Workspace workspace, Limits limits, Consumer<IndexedPacket> packets)
            throws ProbeException, IOException, InterruptedException {
        return read(new PacketIndexCommand(input).toCommand(guard), workspace, limits, line -> {
            IndexedPacket packet = IndexedPacket.parse(line);
            if (packet != null) {
                packets.accept(packet);
            }
        });
    }

    private FfmpegResult read(FfmpegCommand command, Workspace workspace, Limits limits, Consumer<String> lines)
            throws ProbeException, IOException, InterruptedException {
        try (FfmpegProcess process = runner.startReading(command, workspace, limits, lines)) {
            FfmpegResult result = process.await();
            if (!result.exitedCleanly()) {
                throw new ProbeException(
                        "ffprobe ended with " + result.reason() + " " + result.exitCode() + ": "
                                + (result.stderrTail().isEmpty()
                                        ? "no word"
                                        : result.stderrTail().getLast()),
                        result);
            }
            return result;
        }
    }
}
