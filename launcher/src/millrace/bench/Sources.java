package millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes the sources by FFmpeg and keeps them for the next run: six stills of a fractal that are panned over, under a moving
 * pattern and the noise of a sensor, with pink noise and beeps. What cameras make is as hard to encode.
 */
public final class Sources {

    private static final int SCENES = 6;

    /** Places in the fractal that are rich at every size. */
    private static final String[] PLACES = {
        "-0.743643:-0.131825", "-0.7269:0.1889", "0.001643:-0.822467",
        "-1.25066:0.02012", "-0.748:0.1", "0.275:0.006"
    };

    private final Path folder;

    /** Sources kept in a folder. */
    public Sources(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** What cameras and editors make: 1080p with 30 frames a second, key frames 8.3 s apart, so nothing can be copied. */
    public Path camera(int seconds) throws IOException, InterruptedException {
        return made(1920, 1080, seconds, 250, "10M");
    }

    /** The same with a key frame every two seconds, which browsers play as it is. */
    public Path playable(int seconds) throws IOException, InterruptedException {
        return made(1920, 1080, seconds, 60, "6M");
    }

    /** 2160p at 46 Mbit/s. */
    public Path large(int seconds) throws IOException, InterruptedException {
        return made(3840, 2160, seconds, 250, "46M");
    }

    /** 720p, for what does not depend on the picture. */
    public Path small(int seconds) throws IOException, InterruptedException {
        return made(1280, 720, seconds, 250, "3M");
    }

    /** 240p that browsers play as it is: of this the product makes the files of a long video within seconds. */
    public Path tiny(int seconds) throws IOException, InterruptedException {
        return made(426, 240, seconds, 60, "350k");
    }

    /** A source again and again, without encoding it anew. */
    public Path repeated(Path source, int times) throws IOException, InterruptedException {
        Path to = folder.resolve(source.getFileName().toString().replace(".mp4", "x" + times + ".mp4"));
        return kept(to, part -> Commands.command(
                "-stream_loop", times - 1, "-i", source, "-c", "copy", "-movflags", "+faststart", "-f", "mp4", part));
    }

    private Path made(int width, int height, int seconds, int gop, String rate)
            throws IOException, InterruptedException {
        Path to = folder.resolve(String.format(Locale.ROOT, "%dp-g%d-%ds.mp4", height, gop, seconds));
        return kept(to, part -> generate(width, height, seconds, gop, rate, part));
    }

    static List<String> generate(int width, int height, int seconds, int gop, String rate, Path to) {
        List<Object> words = new ArrayList<>();
        StringBuilder graph = new StringBuilder();
        for (int i = 0; i < SCENES; i++) {
            String[] place = PLACES[i].split(":");
            // The still is larger than the picture by what the pan needs.
            words.addAll(List.of("-f", "lavfi", "-i", String.format(
                    Locale.ROOT,
                    "mandelbrot=size=%dx%d:rate=1:start_x=%s:start_y=%s:start_scale=%s:maxiter=300",
                    width * 5 / 4, height * 5 / 4, place[0], place[1], i % 2 == 0 ? "0.02" : "0.3")));
            graph.append(String.format(
                    Locale.ROOT,
                    "[%d:v]trim=end_frame=1,loop=-1:1:0,setpts=N/30/TB,fps=30,trim=duration=%.4f,"
                            + "crop=%d:%d:x='(iw-ow)*abs(sin(t*%.2f))':y='(ih-oh)*abs(cos(t*%.2f))',format=yuv420p[s%d];",
                    i, (double) seconds / SCENES, width, height, 0.15 + 0.1 * i, 0.1 + 0.07 * i, i));
        }
        for (int i = 0; i < SCENES; i++) {
            graph.append("[s").append(i).append(']');
        }
        graph.append(String.format(Locale.ROOT, "concat=n=%d:v=1[stills];", SCENES));
        graph.append(String.format(
                Locale.ROOT,
                "[%d:v]scale=%d:%d:flags=neighbor,format=yuv420p[life];[stills][life]blend=c0_mode=screen:c0_opacity=0.12:"
                        + "c1_mode=normal:c1_opacity=1:c2_mode=normal:c2_opacity=1,noise=c0s=4:c0f=t,setsar=1[v];",
                SCENES, width, height));
        graph.append(String.format(Locale.ROOT, "[%d:a][%d:a]amix=inputs=2[a]", SCENES + 1, SCENES + 2));
        words.addAll(List.of("-f", "lavfi", "-i", "life=size=240x136:rate=30:ratio=0.3:seed=7:mold=20"));
        words.addAll(List.of("-f", "lavfi", "-i", "anoisesrc=color=pink:amplitude=0.1:sample_rate=48000:seed=7"));
        words.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=300:beep_factor=3:sample_rate=48000"));
        words.addAll(List.of("-filter_complex", graph, "-map", "[v]", "-map", "[a]", "-t", seconds));
        words.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-b:v", rate, "-g", gop, "-keyint_min", gop));
        words.addAll(List.of("-sc_threshold", "0", "-flags", "+cgop", "-profile:v", "high", "-pix_fmt", "yuv420p"));
        words.addAll(List.of("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-movflags", "+faststart", "-f", "mp4", to));
        return Commands.command(words.toArray());
    }

    /** Takes a file over from an earlier run, or makes it; what an interrupted run leaves is not taken for it. */
    private Path kept(Path to, java.util.function.Function<Path, List<String>> command)
            throws IOException, InterruptedException {
        if (!Files.exists(to)) {
            System.err.println("Making " + to.getFileName() + " ...");
            Path part = to.resolveSibling(to.getFileName() + ".part");
            Runs.run(command.apply(part));
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        }
        return to;
    }
}
