package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One input of an ffmpeg command and how it is read.
 *
 * @param name which of the workspace's inputs
 * @param seek where to start, in the file's own timestamps, at the key frame before; empty reads from the start
 * @param threads decoder threads; 0 lets the decoder choose
 * @param tolerant whether to go on over damaged data
 * @param keyFramesOnly whether all but key frames are left undecoded
 * @param steadyFilters whether filters live on when the picture changes its size or format in mid-stream; otherwise they
 *     begin anew, and count frames from zero again
 */
public record Input(
        InputName name,
        Optional<Duration> seek,
        int threads,
        boolean tolerant,
        boolean keyFramesOnly,
        boolean steadyFilters) {

    /** The whole input, read plainly. */
    public static Input of(InputName name) {
        return new Input(name, Optional.empty(), 0, false, false, false);
    }

    /** The same, started at the key frame at or before a timestamp of the file. */
    public Input seekTo(Duration timestamp) {
        return new Input(name, Optional.of(timestamp), threads, tolerant, keyFramesOnly, steadyFilters);
    }

    /** The same with a number of decoder threads. */
    public Input withThreads(int number) {
        return new Input(name, seek, number, tolerant, keyFramesOnly, steadyFilters);
    }

    /** The same, going on over damaged data or not. */
    public Input tolerating(boolean damage) {
        return new Input(name, seek, threads, damage, keyFramesOnly, steadyFilters);
    }

    /** The same, decoding key frames only. */
    public Input onlyKeyFrames() {
        return new Input(name, seek, threads, tolerant, true, steadyFilters);
    }

    /** The same, with filters that live on, or not, when the picture changes its size or format. */
    public Input steady(boolean filters) {
        return new Input(name, seek, threads, tolerant, keyFramesOnly, filters);
    }

    /** Options and address, ready for the argument list. */
    List<String> arguments(InputGuard guard) {
        List<String> list = new ArrayList<>(guard.arguments());
        if (threads > 0) {
            list.addAll(List.of("-threads", Integer.toString(threads)));
        }
        if (tolerant) {
            list.addAll(List.of("-err_detect", "ignore_err", "-fflags", "+genpts+discardcorrupt"));
        }
        if (keyFramesOnly) {
            list.addAll(List.of("-skip_frame", "nokey"));
        }
        if (steadyFilters) {
            list.addAll(List.of("-reinit_filter", "0"));
        }
        // Without -seek_timestamp the position would count from the file's first timestamp, not from zero.
        seek.ifPresent(
                time -> list.addAll(List.of("-seek_timestamp", "1", "-noaccurate_seek", "-ss", Seconds.text(time))));
        list.addAll(List.of("-i", name.url()));
        return List.copyOf(list);
    }
}
