package org.millrace.standalone.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.standalone.testbed.Browser;
import org.millrace.standalone.testbed.Client;
import org.millrace.standalone.testbed.Clips;
import org.millrace.standalone.testbed.Program;

/** Every page in the states that people see, wide and narrow, light and dark: can everybody use it? */
class PagesIT {

    private static final Duration END = Duration.ofMinutes(3);
    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int HEIGHT = 844;

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
    void every_page_is_accessible_and_fits_its_screen() throws IOException {
        Client client = millrace.client();
        look("library-empty", "/", "");
        look("jobs-empty", "/jobs", "");
        look("upload", "/upload", "");

        String film = client.upload(Clips.withSubtitles(folder, "A walk along the river before breakfast", 6));
        String song = client.upload(Clips.sound(folder, "Evening song", 5));
        String letter =
                client.upload(Files.writeString(folder.resolve("letter.mp4"), "Dear Sir or Madam, ".repeat(200)));
        assertThat(client.awaitEnd(film, END).get("state").asText()).isEqualTo("READY");
        assertThat(client.awaitEnd(song, END).get("state").asText()).isEqualTo("READY");
        assertThat(client.awaitEnd(letter, END).get("state").asText()).isEqualTo("REJECTED");

        look("library", "/", "");
        look("library-nothing-found", "/?q=zeppelin", "");
        look("jobs", "/jobs", "");
        look("watch-ready", "/watch/" + film, "document.querySelectorAll('details').forEach(it => it.open = true)");
        look("watch-sound", "/watch/" + song, "");
        look("watch-rejected", "/watch/" + letter, "");
        look("not-found", "/watch/nothing", "");
    }

    private static void look(String name, String path, String script) throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(WIDE, NARROW)) {
                String shown = name + "-" + (width == WIDE ? "wide" : "narrow") + "-"
                        + scheme.name().toLowerCase(Locale.ROOT);
                try (Browser browser = new Browser(millrace.address())) {
                    Page page = browser.page();
                    page.setViewportSize(width, HEIGHT);
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    page.navigate(path);
                    page.waitForLoadState(LoadState.LOAD);
                    page.evaluate("() => { " + script + " }");
                    browser.picture(shown);
                    assertThat(violations(page)).as(shown).isEmpty();
                    assertThat(page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                            .as("%s fits", shown)
                            .isEqualTo(true);
                }
            }
        }
    }

    /** What axe-core finds against WCAG 2.2, levels A and AA: rule, place and reason. */
    private static List<?> violations(Page page) throws IOException {
        try (InputStream axe = PagesIT.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) page.evaluate("""
                async () => {
                  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
                  const { violations } = await axe.run({ runOnly: tags });
                  return violations.flatMap((rule) =>
                    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 120)} (${node.failureSummary})`));
                }
                """);
    }
}
