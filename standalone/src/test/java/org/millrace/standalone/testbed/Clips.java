package org.millrace.standalone.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Media made on the spot by the real FFmpeg: a moving test picture with a tone. */
public final class Clips {

    private Clips() {}

    /** H.264 and AAC in MP4: what cameras and phones make. */
    public static Path h264(Path folder, String name, int seconds) {
        return make(
                folder.resolve(name + ".mp4"),
                seconds,
                "320x180",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-movflags",
                "+faststart");
    }

    /** VP8 and Vorbis in WebM: needs conversion. */
    public static Path webm(Path folder, String name, int seconds) {
        return make(
                folder.resolve(name + ".webm"),
                seconds,
                "320x180",
                "-c:v",
                "libvpx",
                "-b:v",
                "300k",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8",
                "-c:a",
                "libvorbis");
    }

    /** A picture that keeps an encoder busy: large and full of noise. */
    public static Path heavy(Path folder, String name, int seconds) {
        return make(
                folder.resolve(name + ".mp4"),
                seconds,
                "1280x720",
                "-vf",
                "noise=alls=60:allf=t",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac");
    }

    /** Row of the bars that {@link #numbered} draws, as a share of the height. */
    public static final double BAR_ROW = 0.9;

    /**
     * A picture of 30 frames a second in which each frame shows its number as twelve bars, the lowest bit on the left,
     * with rare key frames and B-frames: nothing of it can be copied.
     */
    public static Path numbered(Path folder, String name, int seconds, int width, int height) {
        StringBuilder bars = new StringBuilder("noise=alls=8:allf=t,drawbox=x=0:y=" + (int) (height * BAR_ROW) + ":w="
                + width + ":h=" + height / 10 + ":color=black:t=fill");
        for (int bit = 0; bit < 12; bit++) {
            bars.append(",drawbox=x=%d:y=%d:w=%d:h=%d:color=white:t=fill:enable='mod(floor(n/%d)\\,2)'"
                    .formatted(bit * width / 12, (int) (height * BAR_ROW), width / 12, height / 10, 1 << bit));
        }
        return make(
                folder.resolve(name + ".mp4"),
                30,
                seconds,
                width + "x" + height,
                "-vf",
                bars.toString(),
                "-c:v",
                "libx264",
                "-preset",
                "superfast",
                "-g",
                "250",
                "-bf",
                "2",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac");
    }

    /** A film with English subtitles and sound in two languages. */
    public static Path withSubtitles(Path folder, String name, int seconds) throws IOException {
        Path words =
                Files.writeString(folder.resolve("words.srt"), "1\n00:00:01,000 --> 00:00:04,000\nGood morning.\n");
        return make(
                folder.resolve(name + ".mkv"),
                seconds,
                "640x360",
                "-i",
                words.toString(),
                "-map",
                "0:v",
                "-map",
                "1:a",
                "-map",
                "1:a",
                "-map",
                "2:s",
                "-metadata:s:a:0",
                "language=eng",
                "-metadata:s:a:1",
                "language=deu",
                "-metadata:s:s:0",
                "language=eng",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "libopus",
                "-c:s",
                "srt");
    }

    /** Something to hear and nothing to see. */
    public static Path sound(Path folder, String name, int seconds) {
        return make(folder.resolve(name + ".mp3"), seconds, "16x16", "-map", "1:a", "-c:a", "libmp3lame");
    }

    private static Path make(Path file, int seconds, String size, String... encoding) {
        return make(file, 25, seconds, size, encoding);
    }

    private static Path make(Path file, int rate, int seconds, String size, String... encoding) {
        List<String> command = new ArrayList<>(List.of(
                "ffmpeg",
                "-nostdin",
                "-y",
                "-loglevel",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size + ":rate=" + rate + ":duration=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=" + seconds));
        command.addAll(List.of(encoding));
        command.add(file.toString());
        try {
            Files.createDirectories(file.getParent());
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("ffmpeg could not make " + file.getFileName());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
