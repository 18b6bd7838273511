package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One input of an ffmpeg command and how it is read.
 *
 * @param url its address, relative to the output directory
 * @param seek where to start, in the file's own timestamps, at the key frame before; empty reads from the start
 * @param length how much to read, from where reading starts; empty reads to the end
 * @param threads decoder threads; 0 lets the decoder choose
 * @param tolerant whether to go on over damaged data
 * @param keyFramesOnly whether all but key frames are left undecoded
 * @param steadyFilters whether filters live on when the picture changes its size or format in mid-stream; otherwise they
 *     begin anew, and count frames from zero again
 * @param asStored whether pictures come as they are stored; otherwise ffmpeg turns them upright by itself, where it
 *     understands how
 */
public record Input(
        String url,
        Optional<Duration> seek,
        Optional<Duration> length,
        int threads,
        boolean tolerant,
        boolean keyFramesOnly,
        boolean steadyFilters,
        boolean asStored) {

    /** The whole input, read plainly. */
    public static Input of(InputName name) {
        return new Input(name.url(), Optional.empty(), Optional.empty(), 0, false, false, false, false);
    }

    /** A file that an earlier run left in the output directory. */
    static Input ofMade(String fileName) {
        return new Input(
                "file:" + OutputName.check(fileName),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                false,
                false,
                false);
    }

    /** The same, started at the key frame at or before a timestamp of the file. */
    public Input seekTo(Duration timestamp) {
        return new Input(
                url, Optional.of(timestamp), length, threads, tolerant, keyFramesOnly, steadyFilters, asStored);
    }

    /** The same, read for so much time from where reading starts. */
    public Input upTo(Duration time) {
        return new Input(url, seek, Optional.of(time), threads, tolerant, keyFramesOnly, steadyFilters, asStored);
    }

    /** The same with a number of decoder threads. */
    public Input withThreads(int number) {
        return new Input(url, seek, length, number, tolerant, keyFramesOnly, steadyFilters, asStored);
    }

    /** The same, going on over damaged data or not. */
    public Input tolerating(boolean damage) {
        return new Input(url, seek, length, threads, damage, keyFramesOnly, steadyFilters, asStored);
    }

    /** The same, decoding key frames only. */
    public Input onlyKeyFrames() {
        return new Input(url, seek, length, threads, tolerant, true, steadyFilters, asStored);
    }

    /** The same, with filters that live on, or not, when the picture changes its size or format. */
    public Input steady(boolean filters) {
        return new Input(url, seek, length, threads, tolerant, keyFramesOnly, filters, asStored);
    }

    /** The same with pictures as they are stored. */
    public Input asStored(boolean unturned) {
        return new Input(url, seek, length, threads, tolerant, keyFramesOnly, steadyFilters, unturned);
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
        if (asStored) {
            list.add("-noautorotate");
        }
        if (steadyFilters) {
            list.addAll(List.of("-reinit_filter", "0"));
        }
        // Without -seek_timestamp the position would count from the file's first timestamp, not from zero.
        seek.ifPresent(
                time -> list.addAll(List.of("-seek_timestamp", "1", "-noaccurate_seek", "-ss", Seconds.text(time))));
        length.ifPresent(time -> list.addAll(List.of("-t", Seconds.text(time))));
        list.addAll(List.of("-i", url));
        return List.copyOf(list);
    }
}
