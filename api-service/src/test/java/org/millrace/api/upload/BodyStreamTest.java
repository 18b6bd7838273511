package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.testing.RawHttp;

class BodyStreamTest {

    private static final int MEGABYTE = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile Reader reader = InputStream::readAllBytes;
    private volatile Duration patience = Duration.ofSeconds(30);
    private CompletableFuture<byte[]> read = new CompletableFuture<>();
    private volatile CompletableFuture<Void> closed;
    private HttpServer server;

    /** What the server does with a body. */
    private interface Reader {
        byte[] read(InputStream body) throws IOException;
    }

    @BeforeEach
    void serve() throws Exception {
        // As the product's.
        HttpServerOptions options = new HttpServerOptions().setMaxChunkSize(64 * 1024);
        server = vertx.createHttpServer(options)
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void all_bytes_come_through_in_their_order() throws Exception {
        byte[] file = bytes(20 * MEGABYTE + 7);
        go.countDown();

        try (RawHttp http = new RawHttp(address())) {
            head(http, file.length).bytes(file);
            assertThat(http.answer().status()).isEqualTo(200);
        }

        assertThat(read.get()).isEqualTo(file);
    }

    @Test
    void a_reader_may_take_byte_by_byte_and_several_bodies_of_one_connection() throws Exception {
        reader = body -> new byte[] {(byte) body.read(), (byte) body.read(), (byte) body.read(), (byte) body.read()};
        go.countDown();

        try (RawHttp http = new RawHttp(address())) {
            for (int i = 0; i < 3; i++) {
                read = new CompletableFuture<>();
                head(http, 3).bytes(new byte[] {1, -2, 3});
                assertThat(http.answer().status()).isEqualTo(200);
                assertThat(read.get()).containsExactly(1, -2, 3, -1);
            }
        }
    }

    @Test
    void a_sender_has_to_wait_for_a_slow_reader() throws Exception {
        byte[] file = bytes(64 * MEGABYTE);
        ByteBuffer left = ByteBuffer.wrap(file);
        CountDownLatch begun = new CountDownLatch(1);
        reader = body -> {
            byte[] first = body.readNBytes(1);
            begun.countDown();
            hold();
            byte[] rest = body.readAllBytes();
            byte[] all = Arrays.copyOf(first, 1 + rest.length);
            System.arraycopy(rest, 0, all, 1, rest.length);
            return all;
        };
        try (SocketChannel sender = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.actualPort()))) {
            sender.write(ByteBuffer.wrap(
                    ("PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: " + file.length + "\r\n\r\n").getBytes()));
            sender.configureBlocking(false);
            sender.write(left);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

            // Until nothing more is taken: the buffers of the kernel are full then, too.
            await().during(Duration.ofMillis(500)).until(() -> sender.write(left) == 0);
            assertThat(left.remaining()).isGreaterThan(32 * MEGABYTE);

            go.countDown();
            sender.configureBlocking(true);
            while (left.hasRemaining()) {
                sender.write(left);
            }
            assertThat(read.get()).isEqualTo(file);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300_000, 700_000, 3_000_000})
    void what_has_come_before_a_break_is_read_before_the_break_is_told(int length) throws Exception {
        byte[] file = bytes(length);
        CompletableFuture<byte[]> kept = new CompletableFuture<>();
        reader = body -> {
            byte[] first = body.readNBytes(1);
            hold();
            byte[] rest = body.readNBytes(file.length - 1);
            byte[] all = Arrays.copyOf(first, 1 + rest.length);
            System.arraycopy(rest, 0, all, 1, rest.length);
            kept.complete(all);
            return body.readAllBytes();
        };
        try (RawHttp http = new RawHttp(address())) {
            head(http, file.length + 1).bytes(file);
        }
        // The server learns of it at once, unless it has stopped reading.
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        go.countDown();

        assertThat(kept.get(10, TimeUnit.SECONDS)).isEqualTo(file);
        assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_connection_that_was_closed_before_the_first_read_is_not_waited_for() throws Exception {
        reader = body -> {
            hold();
            return body.readAllBytes();
        };
        try (RawHttp http = new RawHttp(address())) {
            head(http, 1000);
            await().until(() -> closed != null);
        }
        await().until(() -> closed.isDone());
        go.countDown();

        assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_sender_that_falls_silent_loses_its_connection() throws Exception {
        patience = Duration.ofMillis(300);
        go.countDown();

        try (RawHttp http = new RawHttp(address())) {
            head(http, 1000).bytes(new byte[10]);
            assertThat(http.isClosedByServer()).isTrue();
        }

        assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_sender_that_asks_may_send_once_somebody_reads() throws Exception {
        go.countDown();
        try (RawHttp http = new RawHttp(address())) {
            http.head("PATCH / HTTP/1.1", "Host: a", "Content-Length: 5", "Expect: 100-Continue");
            assertThat(http.answer().status()).isEqualTo(100);
            http.bytes("bytes".getBytes(StandardCharsets.US_ASCII));
            assertThat(http.answer().status()).isEqualTo(200);
        }
        assertThat(read.get()).asString(StandardCharsets.US_ASCII).isEqualTo("bytes");
    }

    @Test
    void what_nobody_wants_is_thrown_away_and_the_connection_goes_on() throws Exception {
        reader = body -> body.readNBytes(10);
        go.countDown();
        byte[] file = bytes(8 * MEGABYTE);
        try (RawHttp http = new RawHttp(address())) {
            for (int i = 0; i < 2; i++) {
                head(http, file.length).bytes(file);
                assertThat(http.answer().status()).isEqualTo(200);
            }
        }
    }

    private void take(HttpServerRequest request) {
        // As Quarkus does it, until somebody reads.
        request.pause();
        CompletableFuture<Void> gone = new CompletableFuture<>();
        request.connection().closeHandler(it -> gone.complete(null));
        closed = gone;
        CompletableFuture<byte[]> told = read;
        Thread.ofVirtual().start(() -> {
            try (BodyStream body = new BodyStream(request, patience)) {
                told.complete(reader.read(body));
            } catch (IOException e) {
                told.completeExceptionally(e);
                return;
            }
            request.response().end();
        });
    }

    private void hold() {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RawHttp head(RawHttp http, int length) throws IOException {
        return http.head("PATCH / HTTP/1.1", "Host: a", "Content-Length: " + length);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
