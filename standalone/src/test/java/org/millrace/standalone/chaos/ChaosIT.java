package org.millrace.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick part of the fault suite; {@code ./millrace chaos} is the long one. */
class ChaosIT {

    private static final Duration PAUSE = Duration.ofMillis(500);

    @TempDir
    Path folder;

    @Test
    void five_kills_and_more_lose_no_video_publish_none_twice_and_leave_nothing_behind() throws IOException {
        long seed = System.nanoTime() & 0xFFFF;
        Instant begun = Instant.now();
        try (Installation installation = Installation.start(Shape.SERVICES, folder, 2)) {
            Campaign campaign = new Campaign(installation, new Random(seed), System.out::println);
            Judge judge = new Judge(campaign);
            Feeder feeder = new Feeder(installation, Clip.mixture(folder.resolve("clips")));
            Run.fed(feeder, 4, () -> {
                campaign.repeat(FaultKind.WORKER_KILLED, 2, PAUSE);
                campaign.repeat(FaultKind.FFMPEG_KILLED, 1, PAUSE);
                campaign.repeat(FaultKind.API_KILLED, 1, PAUSE);
                campaign.repeat(FaultKind.BROKER_KILLED, 1, PAUSE);
                campaign.repeat(FaultKind.MESSAGES_REPEATED_LATE_AND_OUT_OF_ORDER, 1, PAUSE);
                campaign.repeat(FaultKind.CONNECTIONS_CUT, 1, PAUSE);
            });
            Verdict verdict = judge.judge("quick", seed, feeder.submissions(), Map.of(), begun);
            assertThat(verdict.complaints()).as("seed " + seed + ": " + verdict).isEmpty();
            assertThat(verdict.playable()).isPositive();
            assertThat(verdict.refused()).isPositive();
            assertThat(campaign.interrupted()).as("seed " + seed).isNotEmpty();
            assertThat(campaign.happened(FaultKind.WORKER_KILLED)).isEqualTo(2);
        }
    }
}
