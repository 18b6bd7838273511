package org.millrace.standalone.whole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Browser;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;

/** A person at a browser, on standalone: uploads, watches the progress, plays. */
class BrowserIT {

    private static final Duration END = Duration.ofSeconds(90);
    private static final double END_MS = END.toMillis();

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
    void an_h264_file_is_uploaded_converted_before_the_eyes_and_played() {
        uploadAndPlay(Clips.h264(folder, "holiday", 6), "holiday");
    }

    @Test
    void a_webm_file_that_needs_conversion_is_uploaded_converted_and_played() {
        uploadAndPlay(Clips.webm(folder, "screencast", 6), "screencast");
    }

    @Test
    void a_text_named_mp4_is_refused_in_words() throws IOException {
        Path text = Files.writeString(folder.resolve("letter.mp4"), "Dear Sir or Madam, ".repeat(200));
        try (Browser browser = new Browser(millrace.address())) {
            Page page = upload(browser, text);
            page.getByTestId("upload-link").first().click();
            page.waitForURL("**/watch/**");
            assertThat(page.getByText("This file is not a video").first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(END_MS));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void uploadAndPlay(Path file, String title) {
        try (Browser browser = new Browser(millrace.address())) {
            Page page = upload(browser, file);
            page.getByTestId("upload-link").first().click();
            page.waitForURL("**/watch/**");

            List<Double> seen = new ArrayList<>();
            Awaitility.await("the video to be ready")
                    .pollInSameThread()
                    .atMost(END)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        seen.add(percent(page));
                        return page.locator("[data-testid=watch][data-state=READY]")
                                        .count()
                                == 1;
                    });
            assertThat(seen.stream().filter(value -> value >= 0)).isSorted();

            Locator video = page.locator("video").first();
            Browser.play(video, 1.5, END);
            assertThat(number(video, "v.getVideoPlaybackQuality().totalVideoFrames"))
                    .isGreaterThan(20);
            assertThat(number(video, "v.videoWidth")).isPositive();
            assertThat(page.title()).contains(title);
            browser.picture("watch-" + title);
            page.navigate("/");
            assertThat(page.getByText(title).first()).isVisible();
            browser.picture("library-" + title);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Page upload(Browser browser, Path file) {
        Page page = browser.page();
        page.navigate("/upload");
        page.getByTestId("upload-input").setInputFiles(file);
        assertThat(page.getByTestId("upload-link").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(END_MS));
        return page;
    }

    /** The percentage shown, or -1 where none is. */
    private static double percent(Page page) {
        Object value = page.evaluate(
                "() => document.querySelector('[data-testid=status-progress]')?.getAttribute('value') ?? '-1'");
        return Double.parseDouble(value.toString());
    }

    private static double number(Locator video, String expression) {
        return ((Number) video.evaluate("v => " + expression)).doubleValue();
    }
}
