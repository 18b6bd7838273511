package org.millrace.api.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.millrace.model.testing.SampleSource;

/**
 * Real pictures and sounds, made by ffmpeg, in the form in which workers would make them: renditions with a key frame every
 * two seconds and sounds, each a fragmented MP4.
 */
public final class Footage {

    private static final int RATE = 30;

    private final Path folder;
    private final int width;
    private final int height;
    private final int seconds;
    private final List<String> languages;
    private final String picture;
    private final Map<String, FragmentedFile> tracks = new HashMap<>();

    private Footage(Path folder, int width, int height, int seconds, List<String> languages, String picture) {
        this.folder = folder;
        this.width = width;
        this.height = height;
        this.seconds = seconds;
        this.languages = languages;
        this.picture = picture;
    }

    /**
     * A test picture with a running clock and a tone for each language; nothing is made before it is asked for.
     *
     * @param folder where files may be put
     */
    public static Footage of(Path folder, int width, int height, int seconds, String... languages) {
        return new Footage(folder, width, height, seconds, List.of(languages), "testsrc2");
    }

    /** The same with another picture: the name of a source of ffmpeg, with its options but size and rate. */
    public Footage showing(String source) {
        return new Footage(folder, width, height, seconds, languages, source);
    }

    /** What a worker says of it: that it has to be converted. */
    public SampleSource source() {
        return withSounds(width == 0 ? SampleSource.empty() : SampleSource.of(width, height, seconds));
    }

    /** What a worker says of it: that its picture can be copied. */
    public SampleSource compatible() {
        return withSounds(SampleSource.compatible(width, height, seconds));
    }

    private SampleSource withSounds(SampleSource silent) {
        SampleSource source = silent;
        for (int i = 0; i < languages.size(); i++) {
            source = source.withSound(i + 1, languages.get(i), seconds);
        }
        return source;
    }

    /** Pixels of the picture; 0 if there is none. */
    int width() {
        return width;
    }

    /** Pixels of the picture; 0 if there is none. */
    int height() {
        return height;
    }

    /** The picture as it is. */
    FragmentedFile copied(String name) {
        return rendition(name, height, width);
    }

    /** Its length. */
    public int seconds() {
        return seconds;
    }

    /** A rendition of this size. */
    synchronized FragmentedFile rendition(String name, int lines, int columns) {
        return tracks.computeIfAbsent(
                name,
                rung -> fragmented(
                        rung,
                        List.of(
                                "-i",
                                picture().toString(),
                                "-vf",
                                "scale=" + columns + ":" + lines + ",setsar=1",
                                "-c:v",
                                "libx264",
                                "-preset",
                                "ultrafast",
                                "-pix_fmt",
                                "yuv420p",
                                "-g",
                                Integer.toString(2 * RATE),
                                "-keyint_min",
                                Integer.toString(2 * RATE),
                                "-sc_threshold",
                                "0",
                                "-video_track_timescale",
                                "90000",
                                "-movflags",
                                "+frag_keyframe+delay_moov+default_base_moof")));
    }

    /** The sound of a name: each has a tone of its own. */
    synchronized FragmentedFile sound(String name) {
        int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
        return tracks.computeIfAbsent(
                name,
                sound -> fragmented(
                        sound,
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "sine=frequency=" + 220 * (number + 1) + ":beep_factor=4:sample_rate=48000:duration="
                                        + seconds,
                                "-c:a",
                                "aac",
                                "-b:a",
                                "96k",
                                "-ac",
                                "2",
                                "-frag_duration",
                                "2000000",
                                "-movflags",
                                "+delay_moov+default_base_moof")));
    }

    /** One frame as a JPEG. */
    byte[] poster(double at, int lines) {
        return file(
                "poster-" + at + ".jpg",
                List.of("-ss", "" + at, "-i", picture().toString(), "-frames:v", "1", "-vf", "scale=-2:" + lines));
    }

    /** The picture that stands for a sound. */
    byte[] cover() {
        String waves = "aformat=channel_layouts=mono,showwavespic=s=1280x720:colors=0x55c9bd";
        return file(
                "cover.jpg",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "aevalsrc='sin(440*2*PI*t)*(0.3+0.7*abs(sin(t)))*exp(-0.02*t)':d=" + seconds,
                        "-filter_complex",
                        "color=0x0e1413:s=1280x720[b];[0:a]" + waves + "[w];[b][w]overlay",
                        "-frames:v",
                        "1"));
    }

    /** Small pictures, one every so many seconds, row by row. */
    byte[] sheet(int interval, int columns, int rows) {
        String filter =
                "fps=1/" + interval + ",scale=160:90:force_original_aspect_ratio=disable,tile=" + columns + "x" + rows;
        return file("sheet.jpg", List.of("-i", picture().toString(), "-vf", filter, "-frames:v", "1"));
    }

    /** A short silent moving picture. */
    byte[] clip() {
        return file(
                "clip.mp4",
                List.of(
                        "-i",
                        picture().toString(),
                        "-t",
                        "3",
                        "-vf",
                        "scale=320:-2",
                        "-pix_fmt",
                        "yuv420p",
                        "-movflags",
                        "+faststart"));
    }

    /** Picture and sound in one progressive file. */
    byte[] whole() {
        if (width == 0) {
            return file(
                    "whole.mp4", List.of("-f", "lavfi", "-i", "sine=frequency=440:duration=" + seconds, "-c:a", "aac"));
        }
        return file(
                "whole.mp4",
                List.of(
                        "-i",
                        picture().toString(),
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=frequency=440:sample_rate=48000:duration=" + seconds,
                        "-c:v",
                        "copy",
                        "-c:a",
                        "aac",
                        "-shortest",
                        "-movflags",
                        "+faststart"));
    }

    private FragmentedFile fragmented(String name, List<String> arguments) {
        return new FragmentedFile(file(name + ".mp4", arguments));
    }

    private Path picture() {
        Path file = folder.resolve("picture.mp4");
        if (Files.notExists(file)) {
            String size = (picture.contains("=") ? ":" : "=") + "size=" + width + "x" + height + ":rate=" + RATE;
            run(
                    file,
                    List.of(
                            "-f",
                            "lavfi",
                            "-i",
                            picture + size,
                            "-t",
                            "" + seconds,
                            "-c:v",
                            "libx264",
                            "-preset",
                            "ultrafast",
                            "-pix_fmt",
                            "yuv420p"));
        }
        return file;
    }

    private synchronized byte[] file(String name, List<String> arguments) {
        Path file = folder.resolve(name);
        if (Files.notExists(file)) {
            run(file, arguments);
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path file, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-y", "-loglevel", "error"));
        command.addAll(arguments);
        command.add(file.toString());
        try {
            Files.createDirectories(file.getParent());
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("ffmpeg could not make " + file.getFileName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
