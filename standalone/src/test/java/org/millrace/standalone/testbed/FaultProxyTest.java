package org.millrace.standalone.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The line that can be made bad, before a server that says back what it hears. */
class FaultProxyTest {

    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = FaultProxy.before(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void what_is_sent_comes_through_until_the_line_is_cut() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, "hello")).isEqualTo("hello");
            assertThat(proxy.cut()).isEqualTo(1);
            assertThatThrownBy(() -> echoed(client, "again")).isInstanceOf(IOException.class);
        }
        assertThat(proxy.cuts()).isEqualTo(1);
    }

    @Test
    void a_line_that_is_held_stays_open_and_silent_and_what_was_sent_arrives_later() throws IOException {
        try (Socket client = connect()) {
            client.setSoTimeout(300);
            proxy.hold();
            assertThatThrownBy(() -> echoed(client, "held")).isInstanceOf(SocketTimeoutException.class);
            assertThat(proxy.held()).isPositive();
            proxy.heal();
            client.setSoTimeout(10_000);
            assertThat(read(client, 4)).isEqualTo("held");
        }
    }

    @Test
    void a_line_that_is_cut_after_some_bytes_carries_no_more() throws IOException {
        try (Socket client = connect()) {
            proxy.cutAfter(8);
            assertThat(echoed(client, "12345678")).isEqualTo("12345678");
            assertThatThrownBy(() -> echoed(client, "9")).isInstanceOf(IOException.class);
        }
        assertThat(proxy.cuts()).isEqualTo(1);
    }

    @Test
    void a_slow_line_is_slow_and_a_refusing_one_lets_nobody_in() throws IOException {
        try (Socket client = connect()) {
            proxy.slowDown(Duration.ofMillis(50));
            long begun = System.nanoTime();
            assertThat(echoed(client, "slow")).isEqualTo("slow");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
        proxy.refuse();
        assertThatThrownBy(() -> {
                    try (Socket refused = connect()) {
                        echoed(refused, "x");
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(proxy.refusals()).isEqualTo(1);
    }

    @Test
    void somebody_else_can_answer() throws IOException {
        proxy.answerWith("no");
        try (Socket client = connect()) {
            assertThat(echoed(client, "??")).isEqualTo("no");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String echoed(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return read(client, text.length());
    }

    private static String read(Socket client, int length) throws IOException {
        byte[] bytes = client.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the line has ended");
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> echo(client));
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // The line was cut, as the tests want it to be.
            return;
        }
    }
}
