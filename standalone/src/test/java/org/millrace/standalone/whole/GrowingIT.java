package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Browser;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;
import org.millrace.standalone.testbed.TestFiles;

/** A video is watched in a real browser while it is encoded, through all of its chunks, and sought in when it is done. */
class GrowingIT {

    private static final Duration END = Duration.ofMinutes(4);
    private static final int SECONDS = 24;
    private static final int RATE = 30;

    /** Seconds ahead of the player that are enough to go on without a stall. */
    private static final double BUFFER = 4;

    @TempDir
    static Path folder;

    private static Program millrace;

    @BeforeAll
    static void start() {
        millrace = Program.of("standalone")
                .with("millrace.home", folder.resolve("home"))
                .start(folder)
                .awaitHealth("ready");
    }

    @AfterAll
    static void stop() {
        millrace.close();
    }

    @Test
    void a_video_plays_by_itself_while_it_is_encoded_and_can_be_sought_when_it_is_done() {
        Client client = millrace.client();
        String id = client.upload(Clips.numbered(folder, "numbered", SECONDS, 1280, 720));
        try (Browser browser = new Browser(millrace.address())) {
            Page page = browser.page();
            page.navigate("/watch/" + id);
            Locator video = page.getByTestId("video");
            watchFrames(video);
            awaitPast(video, 1);
            assertThat(client.video(id).get("state").asText())
                    .as("it plays before it is finished")
                    .isEqualTo("PROCESSING");

            boolean keptUp = watchToTheEnd(client, id, video);
            Map<?, ?> seen = seen(page);
            assertThat((List<?>) seen.get("wrong"))
                    .as("frames that are not those of their time")
                    .isEmpty();
            assertThat(((Number) seen.get("frames")).intValue())
                    .as("frames shown")
                    .isGreaterThan(SECONDS * RATE / 2);
            if (keptUp) {
                assertThat(stalls(page)).as("stalls while it grew").isLessThanOrEqualTo(1);
            }

            JsonNode ready = client.awaitEnd(id, END);
            assertThat(ready.get("state").asText()).as(ready.toString()).isEqualTo("READY");
            assertThat(ready.get("partial").asBoolean()).isFalse();
            assertThat(chunks(client, id)).isGreaterThan(2);
            awaitBetterRendition(page, video);
            seekAround(page, video);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** How fast this machine encodes decides when a better one comes, but the open page has to take it up. */
    private static void awaitBetterRendition(Page page, Locator video) {
        video.evaluate("v => { v.currentTime = 1; return v.play() }");
        Awaitility.await("a better rendition on the page that was open all the time")
                .pollInSameThread()
                .atMost(Duration.ofSeconds(SECONDS))
                .until(() -> ((List<?>) seen(page).get("heights")).size() > 1);
        assertThat((List<?>) seen(page).get("wrong")).isEmpty();
    }

    /** Twenty random places of the finished video, each shown exactly. */
    private static void seekAround(Page page, Locator video) {
        page.reload();
        watchFrames(video);
        Browser.play(video, 0.2, END);
        video.evaluate("v => v.pause()");
        Random random = new Random(20);
        for (int i = 0; i < 20; i++) {
            double target = 0.5 + random.nextDouble() * (SECONDS - 1);
            int before = ((Number) seen(page).get("frames")).intValue();
            video.evaluate("(v, t) => { v.currentTime = t }", target);
            Awaitility.await("the frame at " + target)
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !(Boolean) video.evaluate("v => v.seeking")
                            && ((Number) seen(page).get("frames")).intValue() > before);
        }
        assertThat((List<?>) seen(page).get("wrong")).isEmpty();
    }

    private static void watchFrames(Locator video) {
        video.evaluate(TestFiles.text("browser/frame-watch.js"), Map.of("rate", RATE, "row", Clips.BAR_ROW + 0.02));
    }

    private static Map<?, ?> seen(Page page) {
        return (Map<?, ?>) page.evaluate("() => window.seenFrames");
    }

    private static int stalls(Page page) {
        String stalls = page.getByTestId("player").getAttribute("data-stalls");
        return stalls == null ? 0 : Integer.parseInt(stalls);
    }

    private static void awaitPast(Locator video, double seconds) {
        Awaitility.await("second " + seconds)
                .pollInSameThread()
                .atMost(END)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ((Number) video.evaluate("v => v.currentTime")).doubleValue() > seconds);
    }

    /**
     * Watches the growing video to its end.
     *
     * @return whether there was always enough to play on, which is up to this machine; if so, no stall can be excused
     */
    private static boolean watchToTheEnd(Client client, String id, Locator video) {
        AtomicBoolean keptUp = new AtomicBoolean(true);
        Awaitility.await("the end")
                .pollInSameThread()
                .atMost(END)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    double now = ((Number) video.evaluate("v => v.currentTime")).doubleValue();
                    double made = made(client.video(id));
                    if (now > BUFFER && made < SECONDS - 0.5 && made - now < BUFFER) {
                        keptUp.set(false);
                    }
                    return now > SECONDS - 0.2;
                });
        return keptUp.get();
    }

    /** Where the rendition that is made furthest ends; the end if nothing grows any more. */
    private static double made(JsonNode video) {
        if (!video.get("state").asText().equals("PROCESSING")) {
            return SECONDS;
        }
        double made = 0;
        for (JsonNode track : video.get("status").get("tracks")) {
            made = track.get("height").asInt() > 0
                    ? Math.max(made, track.get("until").asDouble())
                    : made;
        }
        return made;
    }

    private static int chunks(Client client, String id) {
        int chunks = 0;
        for (JsonNode attempt : client.json("/api/v1/videos/" + id + "/attempts")) {
            chunks += attempt.get("task").asText().startsWith("chunk-") ? 1 : 0;
        }
        return chunks;
    }
}
