package org.millrace.standalone.testbed;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The system's Chromium, headless. One serves a whole test run; each test has a context, so a profile, of its own. */
public final class Browser implements AutoCloseable {

    private static com.microsoft.playwright.Browser chromium;

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    /** A fresh profile on a server's pages. */
    public Browser(URI server) {
        context = chromium().newContext(new NewContextOptions().setBaseURL(server.toString()));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("exception: " + error));
    }

    /** The page. */
    public Page page() {
        return page;
    }

    /** What the console had to say that it should not: errors, warnings, exceptions. */
    public List<String> complaints() {
        return complaints;
    }

    /** A picture of the page for people to look at, below target/pages. */
    public void picture(String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "pages", name + ".png")));
    }

    /**
     * Plays a video without its sound until it is past a time, as a person does who presses play again when nothing
     * happens: the page attaches the stream when its script is there, and that ends a play which was asked for before.
     */
    public static void play(Locator video, double seconds, Duration most) {
        Awaitility.await("second " + seconds)
                .pollInSameThread()
                .atMost(most)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ((Number) video.evaluate("""
                                v => {
                                  v.muted = true;
                                  if (v.paused) v.play().catch(() => undefined);
                                  return v.currentTime;
                                }""")).doubleValue() > seconds);
    }

    @Override
    public void close() {
        context.close();
    }

    private static synchronized com.microsoft.playwright.Browser chromium() {
        if (chromium == null) {
            Path executable =
                    List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome").stream()
                            .map(Path::of)
                            .filter(Files::isExecutable)
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("Chromium is needed; ./millrace test installs it"));
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            chromium = playwright
                    .chromium()
                    .launch(new LaunchOptions()
                            .setExecutablePath(executable)
                            .setArgs(List.of(
                                    "--headless",
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync",
                                    "--autoplay-policy=no-user-gesture-required")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return chromium;
    }
}
