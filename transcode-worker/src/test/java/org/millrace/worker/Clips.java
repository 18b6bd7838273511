package org.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes small media files for tests, and looks into files, with the ffmpeg of this machine. */
public final class Clips {

    private static final Path FOLDER = Path.of("target", "clips").toAbsolutePath();

    private Clips() {}

    /** A moving test picture of 320×180 with a tone; made once for each name. */
    public static Path movie(String name, double seconds, int rate, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x180:rate=" + rate + ":duration=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=" + seconds));
        arguments.addAll(List.of(more));
        return make(name, arguments);
    }

    /** A moving test picture without sound. */
    public static Path silent(String name, double seconds, int rate, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=" + rate + ":duration=" + seconds));
        arguments.addAll(List.of(more));
        return make(name, arguments);
    }

    /** What ffmpeg makes of some arguments; made once for each name. */
    public static synchronized Path make(String name, List<String> arguments) {
        try {
            Files.createDirectories(FOLDER);
            Path file = FOLDER.resolve(name);
            if (!Files.exists(file)) {
                Path unfinished = FOLDER.resolve("new-" + name);
                List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
                command.addAll(arguments);
                command.add(unfinished.toString());
                run(command);
                Files.move(unfinished, file);
            }
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first bytes of a file, as another file. */
    public static Path cut(String name, Path whole, double share) {
        try {
            byte[] bytes = Files.readAllBytes(whole);
            return Files.write(FOLDER.resolve(name), Arrays.copyOf(bytes, (int) (bytes.length * share)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Presentation times of all decoded pictures, one line each. */
    public static List<String> pictureTimes(Path file) {
        return run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-select_streams",
                        "v:0",
                        "-show_entries",
                        "frame=pts_time",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .lines()
                .filter(line -> !line.isBlank())
                // A picture with side data has an empty field behind its time.
                .map(line -> line.split(",")[0])
                .toList();
    }

    /** A file's first time stamp, in seconds. */
    public static double startSeconds(Path file) {
        return Double.parseDouble(run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "format=start_time",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .strip());
    }

    /** Everything the decoder complains about. */
    public static String complaints(Path file) {
        return run(List.of("ffmpeg", "-nostdin", "-v", "error", "-i", file.toString(), "-f", "null", "-"));
    }

    /** Hashes of all decoded pictures. */
    public static List<String> pictures(Path file) {
        return run(List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:v",
                        "-f",
                        "framemd5",
                        "-"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** Range, matrix, transfer and primaries of the picture, as the file says. */
    public static String tags(Path film) {
        return run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-select_streams",
                        "v:0",
                        "-show_entries",
                        "stream=color_range,color_space,color_transfer,color_primaries",
                        "-of",
                        "csv=p=0",
                        film.toString()))
                .strip();
    }

    /** Mean brightness of each picture, 0 to 255. */
    public static byte[] luma(Path film) {
        return output(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                film.toString(),
                "-vf",
                "scale=1:1:flags=area,format=gray",
                "-vsync",
                "passthrough",
                "-f",
                "rawvideo",
                "-"));
    }

    /** Red, green and blue at a place of a still, 0 to 255; places are shares of width and height. */
    public static int[] pixel(Path still, double x, double y) {
        String place = "crop=1:1:'min(iw-1,floor(iw*%s))':'min(ih-1,floor(ih*%s))':exact=1".formatted(x, y);
        byte[] rgb = output(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                still.toString(),
                "-vf",
                "format=rgb24," + place,
                "-frames:v",
                "1",
                "-f",
                "rawvideo",
                "-"));
        return new int[] {rgb[0] & 0xff, rgb[1] & 0xff, rgb[2] & 0xff};
    }

    private static String run(List<String> command) {
        return new String(output(command), StandardCharsets.UTF_8);
    }

    /** What a program writes to its standard output, or to its log if it fails. */
    static byte[] output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            byte[] output = process.getInputStream().readAllBytes();
            assertThat(process.waitFor())
                    .as(() -> command + "\n" + new String(output, StandardCharsets.UTF_8))
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
