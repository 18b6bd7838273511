package org.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, rendered in each of its states, from data as hostile as people's titles are. */
class PagesTemplatesTest {

    private static final Path RENDERED = Path.of("target", "pages");

    private final Engine engine = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .addLocator(PagesTemplatesTest::locate)
            .strictRendering(true)
            .build();

    record Sample(String name, String template, Map<String, Object> data) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> samples() {
        return List.of(
                new Sample("library", "library", SamplePages.library()),
                new Sample("library-empty", "library", SamplePages.emptyLibrary()),
                new Sample("library-nothing-found", "library", SamplePages.emptySearch()),
                new Sample("upload", "upload", SamplePages.upload()),
                new Sample("watch-ready", "watch", SamplePages.watchReady()),
                new Sample("watch-growing", "watch", SamplePages.watchGrowing()),
                new Sample("watch-waiting", "watch", SamplePages.watchWaiting()),
                new Sample("watch-partial", "watch", SamplePages.watchPartial()),
                new Sample("watch-failed", "watch", SamplePages.watchFailed()),
                new Sample("jobs", "jobs", SamplePages.jobs()),
                new Sample("jobs-rows", "jobs-rows", SamplePages.jobs()),
                new Sample("jobs-idle", "jobs", SamplePages.idleJobs()),
                new Sample("error", "error", SamplePages.error()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_page_shows_hostile_text_as_text(Sample sample) throws IOException {
        String html = render(sample);

        assertThat(html)
                .doesNotContain("<script>", "<img src=x>", "\" onmouseover=")
                .doesNotContainPattern("\\{[a-z#/]");
        if (sample.data().toString().contains(SamplePages.HOSTILE)) {
            assertThat(html)
                    .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onmouseover=&quot;alert(2)&quot;");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_page_obeys_the_strict_content_security_policy(Sample sample) throws IOException {
        String html = render(sample);

        assertThat(tags(html, "<script\\b[^>]*>")).allMatch(tag -> tag.contains(" src=\"/assets/"));
        List<String> bare = tags(html.replaceAll("=\"[^\"]*\"", "=\"\""), "<[a-z][^>]*>");
        assertThat(bare.stream().filter(tag -> tag.matches("(?s)<style.*|.*\\s(style|on[a-z]+|hx-on[^=]*)=.*")))
                .isEmpty();
        assertThat(tags(html, "\\s(?:src|href|action|poster)=\"[^\"]*\"")).allMatch(tag -> tag.matches(".*=\"[/#].*"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_page_names_its_parts_once(Sample sample) throws IOException {
        String html = render(sample);

        assertThat(tags(html, " id=\"[^\"]+\"")).doesNotHaveDuplicates();
        assertThat(tags(html, "<h1\\b")).hasSize(sample.template().equals("jobs-rows") ? 0 : 1);
    }

    @Test
    void a_video_that_cannot_play_yet_names_no_media() throws IOException {
        String html = render(new Sample("watch-waiting", "watch", SamplePages.watchWaiting()));

        assertThat(html).contains("data-playable=\"false\"", "data-hls=\"\"", "class=\"stage waiting\"");
        assertThat(html).doesNotContain(" poster=", "Download MP4");
    }

    @Test
    void a_ready_video_plays_without_scripts() throws IOException {
        String html = render(new Sample("watch-ready", "watch", SamplePages.watchReady()));

        assertThat(tags(html, "<video\\b[^>]*>"))
                .singleElement()
                .asString()
                .contains("controls", "src=\"/sample/video.mp4\"");
    }

    @Test
    void a_failed_video_says_why_and_offers_another_try() throws IOException {
        String html = render(new Sample("watch-failed", "watch", SamplePages.watchFailed()));

        assertThat(html)
                .contains("The file holds no picture that could be read.", "no-video-stream", "data-testid=\"retry\"");
    }

    @Test
    void a_video_that_grows_names_both_of_its_lists() throws IOException {
        String html = render(new Sample("watch-growing", "watch", SamplePages.watchGrowing()));

        assertThat(html)
                .contains("data-hls=\"/sample/hls/master.m3u8\"", "data-live=\"/sample/hls/live/all.m3u8\"")
                .contains("<track kind=\"subtitles\" label=\"English\" src=\"/sample/en.vtt\" srclang=\"en\">")
                .contains("<track kind=\"metadata\" label=\"thumbnails\" src=\"/sample/storyboard.vtt\" default>")
                .contains("needs up to 1.2 GB");
    }

    @Test
    void uploading_works_without_scripts() throws IOException {
        String html = render(new Sample("upload", "upload", SamplePages.upload()));

        assertThat(tags(html, "<form class=\"dropzone\"[^>]*>"))
                .singleElement()
                .asString()
                .contains("method=\"post\"", "enctype=\"multipart/form-data\"", "action=\"/upload\"");
        assertThat(html).contains("name=\"file\"", "name=\"title\"", "The message broker cannot be reached.");
        assertThat(html)
                .contains("name=\"preset\"", "name=\"normalise\"")
                .contains("<option value=\"balanced\" selected>Balanced (usual)</option>");
    }

    /** Renders a sample and leaves the result under {@code target/pages}, to be looked at in a browser. */
    private String render(Sample sample) throws IOException {
        String html = engine.getTemplate(sample.template()).data(sample.data()).render();
        Files.createDirectories(RENDERED);
        Files.writeString(RENDERED.resolve(sample.name() + ".html"), html);
        return html;
    }

    private static List<String> tags(String html, String pattern) {
        return Pattern.compile(pattern)
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static Optional<TemplateLocation> locate(String id) {
        URL url = PagesTemplatesTest.class.getResource("/templates/" + id + ".html");
        return Optional.ofNullable(url).map(HtmlFile::new);
    }

    private record HtmlFile(URL url) implements TemplateLocation {
        @Override
        public Reader read() {
            try {
                return new InputStreamReader(url.openStream(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
        }
    }
}
