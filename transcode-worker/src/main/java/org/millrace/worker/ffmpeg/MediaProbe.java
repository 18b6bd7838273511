package org.millrace.worker.ffmpeg;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.function.Consumer;

/** Asks ffprobe about a workspace's input. */
@Singleton
public class MediaProbe {

    private static final int LONGEST_ANSWER = 32 << 20;

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
        StringBuilder json = new StringBuilder();
        FfmpegResult result = read(new ProbeHeaderCommand(input).toCommand(guard), workspace, limits, line -> {
            // An answer cut short is no JSON any more, and is refused below.
            if (json.length() + line.length() < LONGEST_ANSWER) {
                json.append(line).append('\n');
            }
        });
        try {
            return ProbeJson.parse(json.toString(), result.stderrTail());
        } catch (JsonProcessingException e) {
            throw new ProbeException("ffprobe's answer cannot be read: " + e.getOriginalMessage(), result);
        }
    }

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
