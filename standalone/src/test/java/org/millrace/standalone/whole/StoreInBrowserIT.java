package org.millrace.standalone.whole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Browser;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Ports;
import org.millrace.standalone.testbed.Program;
import org.millrace.store.S3Server;

/** A real browser sends a file straight into a bucket and plays what became of it from there. */
class StoreInBrowserIT {

    private static final Duration END = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static S3Server s3;
    private static Program millrace;

    @BeforeAll
    static void start() {
        int port = Ports.free();
        s3 = S3Server.start(List.of("http://127\\.0\\.0\\.1:" + port));
        s3.createBucket("media");
        Program.Builder program = Program.of("standalone")
                .at(port)
                .with("millrace.home", folder.resolve("home"))
                .with("millrace.upload.direct", true)
                .with("millrace.playback.redirect-to-store", true);
        s3.settings("media", s3.endpoint()).forEach(program::with);
        millrace = program.start(folder).awaitHealth("ready");
    }

    @AfterAll
    static void stop() {
        millrace.close();
        s3.close();
    }

    @Test
    void a_page_sends_a_file_to_the_bucket_and_plays_it_from_there() {
        Path clip = Clips.h264(folder, "afar", 6);
        List<Request> sent = new ArrayList<>();
        List<Response> signed = new ArrayList<>();
        try (Browser browser = new Browser(millrace.address())) {
            Page page = browser.page();
            page.onRequest(request -> {
                if (isInBucket(request.url())) {
                    sent.add(request);
                }
            });
            page.onResponse(response -> {
                if (response.status() == 307) {
                    signed.add(response);
                }
            });
            page.navigate("/upload");
            page.getByTestId("upload-input").setInputFiles(clip);
            assertThat(page.getByTestId("upload-link").first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(END.toMillis()));
            assertThat(sent).extracting(Request::method).contains("PUT");
            String id = page.getByTestId("upload-row").getAttribute("data-video-id");
            JsonNode video = millrace.client().awaitEnd(id, END);
            assertThat(video.get("state").asText()).as(video.toString()).isEqualTo("READY");

            page.navigate("/watch/" + id);
            Locator player = page.locator("video").first();
            Browser.play(player, 1.5, END);
            assertThat(frames(player)).isGreaterThan(20);

            assertThat(sent).extracting(Request::method).contains("GET");
            assertThat(signed)
                    .isNotEmpty()
                    .allSatisfy(response ->
                            assertThat(response.headerValue("location")).contains("X-Amz-Expires=30"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static boolean isInBucket(String address) {
        return URI.create(address).getAuthority().equals(s3.endpoint().getAuthority());
    }

    private static int frames(Locator video) {
        return ((Number) video.evaluate("v => v.getVideoPlaybackQuality().totalVideoFrames")).intValue();
    }
}
