package org.millrace.worker.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.worker.mp4.FragmentInfo;
import org.millrace.worker.mp4.FragmentJoiner;
import org.millrace.worker.mp4.FragmentSource;
import org.millrace.worker.mp4.JoinedFile;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.mp4.Piece;
import org.millrace.worker.mp4.Track;

/** Chunks made by real encode runs, joined, against one straight run over the whole source. */
class ChunkJoinTest {

    private static final RungSpec LARGE = new RungSpec(320, 180, 23, 400, 800, 30);
    private static final RungSpec SMALL = new RungSpec(214, 120, 23, 200, 400, 13);
    private static final int GOP = 60;
    private static final int FRAMES = 120;

    @TempDir
    static Path directory;

    private static FfmpegKit kit;
    private static Path source;
    private static SourcePicture picture;

    @BeforeAll
    static void make_a_source_with_an_odd_rate() throws Exception {
        kit = FfmpegKit.real();
        source = Clips.pattern(directory.resolve("clip.mp4"), 320, 180, "30000/1001", 4);
        Probe probe = kit.probe()
                .header(InputName.SOURCE, Workspace.ofSource(directory.resolve("probe"), source), FfmpegKit.ROOMY);
        picture = new SourcePicture(0, probe.format().start(), false, SourceColour.BT601_NTSC, false);
    }

    @AfterAll
    static void close() {
        kit.close();
    }

    @Test
    void two_chunks_join_to_what_a_straight_encode_gives() throws Exception {
        Workspace straight = encode("straight", 0, OptionalLong.empty(), Optional.empty());
        Workspace first = encode("first", 0, OptionalLong.of(GOP), Optional.empty());
        Workspace second = encode("second", GOP, OptionalLong.empty(), Optional.of(Duration.ofMillis(1502)));
        for (RungSpec rung : List.of(LARGE, SMALL)) {
            Path joined = directory.resolve("joined-" + rung.fileName());
            JoinedFile layout = join(joined, first.output(rung.fileName()), second.output(rung.fileName()));

            List<Long> expected = presentation(straight.output(rung.fileName()));
            assertThat(presentation(joined)).hasSize(FRAMES).isEqualTo(expected);
            for (int frame = 0; frame < FRAMES; frame++) {
                assertThat(expected.get(frame)).isEqualTo(frame * 3003L);
            }
            Mp4File file = Mp4File.read(joined);
            assertThat(file.fragments()).isEqualTo(layout.fragments());
            assertThat(file.fragments()).extracting(FragmentInfo::sequence).containsExactly(1L, 2L);
            assertThat(file.fragments()).allMatch(FragmentInfo::onlyFirstIsSync);
            assertThat(file.init().track())
                    .extracting(Track::kind, Track::timescale, Track::width, Track::height)
                    .containsExactly(Track.Kind.VIDEO, 90_000L, rung.width(), rung.height());
            assertThat(file.init().track().codec()).matches("avc1\\.6400[0-9a-f]{2}");

            assertThat(decoded(joined)).isEqualTo(FRAMES);
        }
    }

    @Test
    void audio_begins_at_zero_and_packs_with_video_into_a_download() throws Exception {
        Path track = directory.resolve("audio.mp4");
        SourceSound sound = new SourceSound(1, picture.start(), 1, 2);
        try (OutputStream out = Files.newOutputStream(track);
                FfmpegProcess process = kit.runner()
                        .startStreaming(
                                new EncodeAudioCommand(sound, Duration.ofSeconds(5), 128, 0, false)
                                        .toCommand(kit.guard()),
                                Workspace.ofSource(directory.resolve("audio"), source),
                                FfmpegKit.ROOMY,
                                bytes -> bytes.transferTo(out),
                                ProgressListener.SILENT)) {
            FfmpegResult result = process.await();
            assertThat(result.exitedCleanly()).as(result.toString()).isTrue();
            assertThat(result.progress().last()).isTrue();
        }
        Mp4File parsed = Mp4File.read(track);
        assertThat(parsed.init().track())
                .extracting(Track::codec, Track::timescale, Track::mediaTime, Track::channels, Track::sampleRate)
                .containsExactly("mp4a.40.2", 48_000L, 1024L, 2, 48_000);
        assertThat(parsed.fragments().getFirst().baseDecodeTime()).isZero();
        assertThat(parsed.durationTicks()).isBetween(4 * 48_000L, 4 * 48_000L + 4096);

        Path joinedAudio = directory.resolve("joined-audio.mp4");
        join(joinedAudio, track);
        assertThat(decoded(joinedAudio)).isPositive();

        Workspace video = encode("for-download", 0, OptionalLong.empty(), Optional.empty());
        Workspace download = new Workspace(
                directory.resolve("download"),
                Map.of(InputName.VIDEO, video.output(SMALL.fileName()), InputName.AUDIO, joinedAudio));
        FfmpegResult packed =
                kit.runner().run(new DownloadCommand(true, true).toCommand(kit.guard()), download, FfmpegKit.ROOMY);
        assertThat(packed.exitedCleanly()).as(packed.toString()).isTrue();
        Probe probe = kit.probe()
                .header(
                        InputName.SOURCE,
                        Workspace.ofSource(directory.resolve("p2"), download.output(DownloadCommand.FILE_NAME)),
                        FfmpegKit.ROOMY);
        assertThat(probe.streams()).extracting(ProbeStream::type).containsExactly("video", "audio");
        assertThat(probe.streams()).extracting(ProbeStream::start).containsOnly(Duration.ZERO);
    }

    @Test
    void a_remuxed_source_keeps_its_packets_and_a_poster_fits_its_shape() throws Exception {
        Workspace workspace = Workspace.ofSource(directory.resolve("remux"), source);
        FfmpegResult remuxed = kit.runner()
                .run(
                        new RemuxCommand(0, picture.start(), Optional.empty()).toCommand(kit.guard()),
                        workspace,
                        FfmpegKit.ROOMY);
        assertThat(remuxed.exitedCleanly()).as(remuxed.toString()).isTrue();
        assertThat(packets(workspace.output(RemuxCommand.FILE_NAME)))
                .hasSize(FRAMES)
                .first()
                .extracting(IndexedPacket::pts)
                .isEqualTo(RemuxCommand.ZERO);

        PosterCommand poster =
                new PosterCommand(picture, Duration.ofMillis(400), 320, 180, PosterCommand.Choice.TYPICAL);
        FfmpegResult made = kit.runner().run(poster.toCommand(kit.guard()), workspace, FfmpegKit.ROOMY);
        assertThat(made.exitedCleanly()).as(made.toString()).isTrue();
        BufferedImage image =
                ImageIO.read(workspace.output(PosterCommand.FILE_NAME).toFile());
        assertThat(image.getWidth()).isEqualTo(320);
        assertThat(image.getHeight()).isEqualTo(180);
    }

    @Test
    void the_packet_index_lists_key_frames_places_and_times() throws Exception {
        List<IndexedPacket> video =
                packets(source).stream().filter(packet -> packet.stream() == 0).toList();

        assertThat(video).hasSize(120);
        assertThat(video.stream().filter(IndexedPacket::key)).hasSize(1);
        assertThat(video.getFirst())
                .extracting(IndexedPacket::pts, IndexedPacket::key)
                .containsExactly(Duration.ZERO, true);
        assertThat(video).allMatch(packet -> packet.size() > 0 && packet.position() > 0 && packet.duration() != null);
    }

    private static Workspace encode(String name, long from, OptionalLong to, Optional<Duration> seek) throws Exception {
        Workspace workspace = Workspace.ofSource(directory.resolve(name), source);
        List<ProgressTick> ticks = new ArrayList<>();
        FfmpegCommand command = new EncodeChunkCommand(
                        picture,
                        new GridSpan(30_000, 1001, GOP, from, 0, to),
                        seek,
                        List.of(LARGE, SMALL),
                        "veryfast",
                        1,
                        ChunkReading.PLAIN,
                        EncodeChunkCommand.Destination.FILES,
                        FRAMES)
                .toCommand(kit.guard());
        try (FfmpegProcess process = kit.runner().start(command, workspace, FfmpegKit.ROOMY, ticks::add)) {
            FfmpegResult result = process.await();
            assertThat(result.exitedCleanly()).as(result.toString()).isTrue();
            assertThat(result.stderrTail()).isEmpty();
            assertThat(result.cpu()).isPositive();
            assertThat(ticks.getLast()).isEqualTo(result.progress());
            assertThat(ticks.getLast().last()).isTrue();
        }
        return workspace;
    }

    private static JoinedFile join(Path target, Path... files) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (Path file : files) {
            Mp4File parsed = Mp4File.read(file);
            pieces.add(new Piece(file.toString(), parsed.init().sha256(), FragmentSource.of(file), parsed.fragments()));
        }
        try (OutputStream out = Files.newOutputStream(target)) {
            return FragmentJoiner.join(Mp4File.read(files[0]).init(), pieces, out);
        }
    }

    private static List<Long> presentation(Path file) throws IOException {
        List<Long> times = new ArrayList<>();
        Track track = Mp4File.read(file).init().track();
        Mp4File.read(
                file,
                fragment -> fragment.samples().stream()
                        .map(sample -> track.shownAt(sample.presentationTime()))
                        .sorted()
                        .forEach(times::add));
        return times;
    }

    /** How many pictures or packets of sound come out of a file, without a complaint. */
    private static long decoded(Path file) throws Exception {
        Workspace workspace = new Workspace(directory.resolve("decode-" + file.getFileName()), Map.of());
        workspace.prepare();
        Files.copy(file, workspace.output("made.mp4"), StandardCopyOption.REPLACE_EXISTING);
        AtomicLong lines = new AtomicLong();
        try (FfmpegProcess process = kit.runner()
                .startStreaming(
                        new MadeCheckCommand(List.of(new MadeCheckCommand.Made("made.mp4", false)), 1)
                                .toCommand(kit.guard()),
                        workspace,
                        FfmpegKit.ROOMY,
                        bytes -> BoundedLines.read(bytes, line -> lines.addAndGet(line.startsWith("0,") ? 1 : 0)),
                        ProgressListener.SILENT)) {
            FfmpegResult result = process.await();
            assertThat(result.exitedCleanly()).as(result.toString()).isTrue();
            assertThat(result.stderrTail()).isEmpty();
        }
        return lines.get();
    }

    private static List<IndexedPacket> packets(Path file) throws Exception {
        List<IndexedPacket> packets = new ArrayList<>();
        kit.probe()
                .packets(
                        InputName.SOURCE,
                        Workspace.ofSource(directory.resolve("index"), file),
                        FfmpegKit.ROOMY,
                        packets::add);
        return packets;
    }
}
