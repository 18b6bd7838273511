package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.model.id.VideoId;

/** Players close connections all the time: that is nothing to log. */
@QuarkusTest
class ImpatientClientTest {

    private static final int CLIENTS = 20;

    @TestHTTPResource
    URI server;

    @Inject
    Shown shown;

    private final List<LogRecord> complaints = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getThrown() != null || entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void stop_listening() {
        Logger.getLogger("").removeHandler(listener);
    }

    @Test
    void a_client_that_goes_away_leaves_no_trace() throws Exception {
        VideoId video = shown.playable("local", "Long");
        shown.publish(video, "720p", PublishedRow.Kind.VIDEO, Shown.bytes(5, 30_000_000));
        String path = "/media/" + video + "/1/720p.mp4";

        for (int i = 0; i < CLIENTS; i++) {
            leaveEarly(path);
        }

        await().until(() -> filesHeldOpen(video) == 0);
        assertThat(complaints)
                .filteredOn(entry -> !entry.getLoggerName().contains("Broker"))
                .extracting(LogRecord::getMessage)
                .isEmpty();
    }

    private void leaveEarly(String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoLinger(true, 0);
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    /** How many files of the video this process has open. */
    private static long filesHeldOpen(VideoId video) throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(descriptor -> leadsTo(descriptor, video)).count();
        }
    }

    private static boolean leadsTo(Path descriptor, VideoId video) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains(video.value());
        } catch (IOException e) {
            return false;
        }
    }
}
