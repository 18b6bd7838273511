package millrace.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Every command that the product is compared with, in one place. All make the same five pictures of a 1080p source with
 * 30 frames per second, key frames every two seconds; sound is AAC where there is any.
 */
public final class Commands {

    /**
     * One size of the ladder.
     *
     * @param width pixels
     * @param height pixels
     * @param cap highest rate of the product's rendition, kbit/s
     * @param peerTube highest rate by PeerTube's bits per pixel, kbit/s
     * @param mediaCms target rate of MediaCMS's profile, kbit/s
     */
    public record Size(int width, int height, int cap, int peerTube, int mediaCms) {}

    /** The ladder of a 1080p source, largest first. */
    public static final List<Size> LADDER = List.of(
            new Size(1920, 1080, 5000, 6221, 4500),
            new Size(1280, 720, 2800, 3041, 2500),
            new Size(854, 480, 1401, 1475, 1000),
            new Size(640, 360, 800, 1037, 500),
            new Size(426, 240, 399, 522, 300));

    private static final int GOP = 60;
    private static final List<String> FFMPEG = List.of("ffmpeg", "-nostdin", "-v", "error", "-y");
    private static final List<String> FRAGMENTS = List.of(
            "-avoid_negative_ts",
            "disabled",
            "-f",
            "mp4",
            "-video_track_timescale",
            "90000",
            "-movflags",
            "+frag_keyframe+delay_moov+default_base_moof+frag_discont");

    private Commands() {}

    /** Raw pictures of the source in one size, so that nothing is left to do but to encode them. */
    public static List<String> raw(Path source, Size size, Path to) {
        return command("-i", source, "-an", "-vf", scale(size), "-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", to);
    }

    /** Encodes raw pictures with the product's own settings: the least that these settings can take. */
    public static List<String> encodeOnly(Path raw, Size size, Path to) {
        return command("-i", raw, x264(size), "-movflags", "+frag_keyframe+empty_moov", to);
    }

    /** What everybody does by hand: decoded once, five scalers side by side, five encoders, and the sound. */
    public static List<String> split(Path source, Path folder) {
        StringBuilder graph = new StringBuilder("[0:v]split=5[a0][a1][a2][a3][a4]");
        for (int i = 0; i < LADDER.size(); i++) {
            graph.append(String.format(Locale.ROOT, ";[a%d]%s[v%d]", i, scale(LADDER.get(i)), i));
        }
        return ladder(source, graph.toString(), folder);
    }

    /** The best bare command known: as {@link #split}, each size scaled from the one above it. */
    public static List<String> cascade(Path source, Path folder) {
        return ladder(source, "[0:v]null" + cascade(), folder);
    }

    /**
     * A span of the grid of frames as the product encodes it.
     *
     * @param from first frame
     * @param to frame behind the last; -1 is the end of the source
     * @param threads of the decoder and of each encoder
     */
    public static List<String> chunk(Path source, long from, long to, int threads, Path folder) {
        List<Object> words = new ArrayList<>(List.of("-copyts"));
        if (from > 0) {
            String seek = String.format(Locale.ROOT, "%.6f", from / 30.0 - 0.5);
            words.addAll(List.of("-seek_timestamp", "1", "-noaccurate_seek", "-ss", seek));
        }
        String grid = "[0:v]fps=30:round=near" + (from > 0 ? "" : ":start_time=0") + ",trim=start_pts=" + from
                + (to < 0 ? "" : ":end_pts=" + to);
        words.addAll(List.of("-threads", threads, "-i", source, "-filter_complex", grid + cascade()));
        for (int i = 0; i < LADDER.size(); i++) {
            words.addAll(List.of("-map", "[v" + i + "]", "-an", "-fps_mode", "passthrough", "-enc_time_base", "1/30"));
            words.addAll(List.of(x264(LADDER.get(i)), "-threads", threads));
            words.addAll(List.of("-fragment_index", from / GOP + 1, FRAGMENTS, chunkFile(folder, LADDER.get(i), from)));
        }
        return command(words.toArray());
    }

    /** Where {@link #chunk} puts one size. */
    public static Path chunkFile(Path folder, Size size, long from) {
        return folder.resolve(size.height() + "-" + from + ".mp4");
    }

    /** The time stamps of a file's pictures, in the order of decoding, one a line. */
    public static List<String> timestamps(Path file) {
        return List.of("ffprobe", "-v", "error", "-show_entries", "packet=pts", "-of", "csv=p=0", file.toString());
    }

    /** A command that uses one processor only. */
    public static List<String> pinned(int processor, List<String> command) {
        return Stream.concat(Stream.of("taskset", "-c", Integer.toString(processor)), command.stream())
                .toList();
    }

    /** PeerTube's: one ffmpeg a size with one thread, the largest from the source and the others from the largest. */
    public static List<List<String>> peerTube(Path source, Path folder) {
        List<List<String>> commands = new ArrayList<>();
        Path input = source;
        for (Size size : LADDER) {
            Path made = folder.resolve("peertube-" + size.height() + "-fragmented.mp4");
            commands.add(command(
                    List.of("-i", input, "-threads", "1", "-acodec", "aac", "-vcodec", "libx264", "-f", "mp4"),
                    List.of("-movflags", "faststart", "-max_muxing_queue_size", "1024", "-map_metadata", "-1"),
                    List.of("-pix_fmt", "yuv420p", "-vf", "scale=w=-2:h=" + size.height(), "-preset", "veryfast"),
                    List.of("-maxrate:v", size.peerTube() + "k", "-bufsize:v", 2 * size.peerTube() + "k"),
                    List.of("-b_strategy", "1", "-bf", "16", "-r", "30", "-g:v", "60", "-channel_layout", "stereo"),
                    List.of("-b:a", "256k", "-hls_time", "4", "-hls_list_size", "0", "-hls_playlist_type", "vod"),
                    List.of("-hls_segment_filename", made, "-hls_segment_type", "fmp4", "-f", "hls"),
                    List.of("-hls_flags", "single_file", folder.resolve("peertube-" + size.height() + ".m3u8"))));
            input = input.equals(source) ? folder.resolve("peertube-" + size.height() + ".m3u8") : input;
        }
        return commands;
    }

    /** MediaCMS's: one ffmpeg a size, preset medium, each from the source; then packaged for HLS, here by FFmpeg. */
    public static List<List<String>> mediaCms(Path source, Path folder) {
        List<List<String>> commands = new ArrayList<>();
        for (Size size : LADDER) {
            Path made = folder.resolve("mediacms-" + size.height() + ".mp4");
            int cap = size.mediaCms() * 3 / 2;
            String filter = String.format(
                    Locale.ROOT,
                    "scale=%d:%d:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos,fps=fps=30",
                    size.height() * 16 / 9,
                    size.height());
            commands.add(command(
                    List.of("-i", source, "-c:v", "libx264", "-filter:v", filter, "-pix_fmt", "yuv420p", "-crf", "23"),
                    List.of("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-maxrate", cap + "k", "-bufsize", cap + "k"),
                    List.of("-force_key_frames", "expr:gte(t,n_forced*4)", "-x264-params", "keyint=240:keyint_min=120"),
                    List.of("-preset", "medium", "-profile:v", "main", "-level", "4.2", "-strict", "-2"),
                    List.of("-movflags", "+faststart", made)));
            commands.add(command(
                    List.of("-i", made, "-c", "copy", "-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod"),
                    List.of(folder.resolve("mediacms-" + size.height() + ".m3u8"))));
        }
        return commands;
    }

    /** Writes a file to the same disk and waits until it is there. */
    public static List<String> plainWrite(Path file, Path to) {
        return List.of("dd", "if=" + file, "of=" + to, "bs=1M", "conv=fsync", "status=none");
    }

    private static List<String> ladder(Path source, String graph, Path folder) {
        List<Object> words = new ArrayList<>(List.of("-i", source, "-filter_complex", graph));
        for (int i = 0; i < LADDER.size(); i++) {
            Path made = folder.resolve("ladder-" + LADDER.get(i).height() + ".mp4");
            words.addAll(List.of("-map", "[v" + i + "]", "-an", x264(LADDER.get(i)), FRAGMENTS, made));
        }
        words.addAll(List.of("-map", "0:a", "-c:a", "aac", "-b:a", "128k", "-ac", "2", folder.resolve("ladder-a.mp4")));
        return command(words.toArray());
    }

    /** What follows the filters of the top size: it is that size, and each other is scaled from the one above. */
    private static String cascade() {
        int last = LADDER.size() - 1;
        StringBuilder graph = new StringBuilder(",split=2[v0][t1]");
        for (int i = 1; i <= last; i++) {
            graph.append(String.format(Locale.ROOT, ";[t%d]%s", i, scale(LADDER.get(i))))
                    .append(i == last ? "[v" + i + "]" : ",split=2[v" + i + "][t" + (i + 1) + "]");
        }
        return graph.toString();
    }

    private static String scale(Size size) {
        return String.format(Locale.ROOT, "scale=%d:%d,setsar=1", size.width(), size.height());
    }

    private static List<String> x264(Size size) {
        String gop = Integer.toString(GOP);
        List<String> words = new ArrayList<>(List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "23"));
        words.addAll(List.of("-maxrate", size.cap() + "k", "-bufsize", 2 * size.cap() + "k", "-g", gop));
        words.addAll(List.of("-keyint_min", gop, "-sc_threshold", "0", "-flags", "+cgop", "-pix_fmt", "yuv420p"));
        words.addAll(List.of("-profile:v", "high"));
        return words;
    }

    /** An ffmpeg of words and lists of words. */
    static List<String> command(Object... words) {
        List<String> all = new ArrayList<>(FFMPEG);
        for (Object word : words) {
            if (word instanceof List<?> list) {
                list.forEach(each -> all.add(each.toString()));
            } else {
                all.add(word.toString());
            }
        }
        return List.copyOf(all);
    }
}
