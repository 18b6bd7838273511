package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Problems;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;

/** Media in a store that has no files, as S3 is: piece by piece through the server, or from there by redirect. */
@QuarkusTest
class StreamedMediaTest {

    private static final byte[] OBJECT = Shown.bytes(7, 3_000_000);
    private static final ObjectKey KEY = new ObjectKey("v/x/set/1/a/720p");
    private static final MediaPath TRACK = new MediaPath(VideoId.random(), 1, "720p", MediaPath.Form.MP4);
    private static final MediaPath WHOLE = new MediaPath(VideoId.random(), 1, "video", MediaPath.Form.MP4);

    private static final MediaPath SEGMENT = new MediaPath(VideoId.random(), 1, "720p", "3", MediaPath.Form.M4S);

    @Inject
    Problems problems;

    @Inject
    MediaStore real;

    /** Not the application's, whose servers are all measured under one name. */
    private final Vertx vertx = Vertx.vertx();

    private final AtomicInteger reading = new AtomicInteger();
    private volatile int there = OBJECT.length;
    private volatile boolean redirect;
    private volatile Optional<URI> network = Optional.empty();
    private volatile boolean open = true;
    private volatile boolean missing;
    private HttpServer server;

    @BeforeEach
    void serve() {
        MediaStore store = (MediaStore) Proxy.newProxyInstance(
                MediaStore.class.getClassLoader(),
                new Class<?>[] {MediaStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "read" -> read((long) arguments[1], (long) arguments[2]);
                    case "presignGet" -> Optional.of(URI.create("https://store.example/" + arguments[0] + "?signed"));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        PlaybackConfig settings = new PlaybackConfig() {
            @Override
            public boolean redirectToStore() {
                return redirect;
            }

            @Override
            public Optional<URI> cdnBaseUrl() {
                return network;
            }
        };
        Sender sender = new Sender(store, new ByteSource(store, vertx, problems), settings, problems);
        Content content =
                new Content("video/mp4", OBJECT.length, "\"e\"", Instant.EPOCH, new Content.Body.Remote(KEY, 0));
        Router router = Router.router(vertx);
        router.get("/track").handler(request -> sender.send(request, parcel(TRACK, content), () -> gone(request)));
        router.get("/whole").handler(request -> sender.send(request, parcel(WHOLE, content), () -> gone(request)));
        Content segment = content.part("\"s\"", 1_000_000, 500_000);
        router.get("/segment").handler(request -> sender.send(request, parcel(SEGMENT, segment), () -> gone(request)));
        // As the product's own server: the end of a large answer may cross with a change to HTTP/2.
        HttpServerOptions plain = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        server = vertx.createHttpServer(plain)
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void an_object_comes_through_whole() throws Exception {
        HttpResponse<byte[]> answer = get("/track", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(OBJECT);
        await().untilAtomic(reading, equalTo(0));
    }

    @Test
    void a_range_comes_through_alone() throws Exception {
        HttpResponse<byte[]> answer = get("/track", "bytes=1000000-1999999");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 1000000-1999999/3000000");
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(OBJECT, 1_000_000, 2_000_000));
    }

    @Test
    void an_object_that_breaks_off_is_not_taken_for_a_whole_one() {
        there = 1_500_000;

        assertThatThrownBy(() -> get("/track", null)).isInstanceOf(IOException.class);
    }

    @Test
    void a_store_that_fails_before_the_first_byte_is_told_as_a_problem() throws Exception {
        there = 0;

        HttpResponse<byte[]> answer = get("/track", null);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).isEmpty();
    }

    @Test
    void tracks_are_fetched_from_the_store_if_the_operator_wants_it() throws Exception {
        redirect = true;

        HttpResponse<byte[]> answer = get("/track", "bytes=0-9");

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location")).contains("https://store.example/" + KEY + "?signed");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get("/whole", "bytes=0-9").statusCode()).isEqualTo(206);
    }

    @Test
    void tracks_that_everybody_may_watch_are_fetched_from_the_network_if_there_is_one() throws Exception {
        network = Optional.of(URI.create("https://cdn.example/media/"));
        redirect = true;

        HttpResponse<byte[]> answer = get("/track", "bytes=0-9");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("https://cdn.example/media/" + KEY);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, max-age=30");
        assertThat(get("/whole", "bytes=0-9").statusCode()).isEqualTo(206);
        assertThat(get("/segment", null).statusCode()).isEqualTo(200);
        open = false;
        assertThat(get("/track", "bytes=0-9").statusCode()).isEqualTo(307);
    }

    @Test
    void a_base_url_is_taken_with_and_without_a_slash() {
        assertThat(MediaOrigin.below(URI.create("https://cdn.example"), KEY)).hasToString("https://cdn.example/" + KEY);
        assertThat(MediaOrigin.below(URI.create("https://cdn.example/a/"), KEY))
                .hasToString("https://cdn.example/a/" + KEY);
    }

    @Test
    void a_segment_is_a_part_of_an_object_and_has_parts_itself() throws Exception {
        redirect = true;

        HttpResponse<byte[]> whole = get("/segment", null);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("ETag")).contains("\"s\"");
        assertThat(whole.body()).isEqualTo(Arrays.copyOfRange(OBJECT, 1_000_000, 1_500_000));

        HttpResponse<byte[]> part = get("/segment", "bytes=10-19");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 10-19/500000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(OBJECT, 1_000_010, 1_000_020));
    }

    @Test
    void an_object_that_is_gone_is_looked_for_again_with_nothing_sent() throws Exception {
        missing = true;

        HttpResponse<byte[]> answer = get("/segment", null);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).isEmpty();
    }

    private Sender.Parcel parcel(MediaPath path, Content content) {
        return new Sender.Parcel(path, content, "Title", true, open);
    }

    private void gone(RoutingContext request) {
        problems.answer(request, new ProblemException(ErrorCode.NOT_FOUND));
    }

    private HttpResponse<byte[]> get(String path, String range) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
        if (range != null) {
            request.header("Range", range);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private InputStream read(long offset, long length) {
        if (missing) {
            return real.read(KEY, offset, length);
        }
        reading.incrementAndGet();
        int from = (int) Math.min(offset, there);
        return new ByteArrayInputStream(OBJECT, from, (int) Math.min(length, there - from)) {
            @Override
            public void close() {
                reading.decrementAndGet();
            }
        };
    }
}
