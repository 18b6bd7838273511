package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.Clips;
import org.millrace.worker.HostileFiles;

/** Dolby Vision on a base that others can show is shown as that base; alone it is refused. */
@QuarkusTest
class DolbyVisionTest {

    @TempDir
    Path folder;

    @Inject
    Chain chain;

    @Inject
    Sources sources;

    @Test
    void profile_8_looks_like_its_base_layer() {
        Path base = base();
        Sources.Known plain = sources.analyse(base);
        Sources.Known dolby = sources.analyse(dolby("profile-8.mp4", base, "dvvC", 8, 1));

        assertThat(dolby.track().dolbyVisionProfile()).isEqualTo(8);
        assertThat(dolby.track().color()).isEqualTo(plain.track().color());
        assertThat(Arrays.equals(
                        sources.treat(dolby).frames().getFirst(),
                        sources.treat(plain).frames().getFirst()))
                .isTrue();
    }

    @Test
    void profile_5_is_refused() {
        Chain.Ending ending = chain.carry(dolby("profile-5.mp4", base(), "dvcC", 5, 0));

        assertThat(ending.failure().code()).isEqualTo(FailureCode.DOLBY_VISION);
    }

    private static Path base() {
        return Clips.make(
                "dolby-base.mp4",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=320x180:r=25:d=1",
                        "-vf",
                        "format=yuv420p10le,setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc",
                        "-c:v",
                        "libx265",
                        "-preset",
                        "ultrafast",
                        "-x265-params",
                        "log-level=error",
                        "-tag:v",
                        "hvc1"));
    }

    /** The base with a configuration record (ETSI TS 103 572, Dolby Vision streams within the ISO base media file format). */
    private Path dolby(String name, Path base, String box, int profile, int compatibility) {
        byte[] record = new byte[24];
        record[0] = 1;
        int bits = profile << 9 | 1 << 3 | 1 << 2 | 1;
        record[2] = (byte) (bits >> 8);
        record[3] = (byte) bits;
        record[4] = (byte) (compatibility << 4);
        return new HostileFiles(folder)
                .with(
                        name,
                        base,
                        "hvcC",
                        HostileFiles.box(box, record),
                        List.of("hvc1", "stsd", "stbl", "minf", "mdia", "trak", "moov"));
    }
}
