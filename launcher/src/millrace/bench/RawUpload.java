package millrace.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a file by tus straight from the kernel, so that the sender takes next to nothing of the machine. */
final class RawUpload {

    private static final Pattern LOCATION = Pattern.compile("(?i)\r\nlocation: *([^\r]+)\r\n");
    private static final Pattern VIDEO = Pattern.compile("(?i)\r\n[a-z-]*video[a-z-]*: *([a-z0-9]{20,})\r\n");

    private final OwnProduct product;

    RawUpload(OwnProduct product) {
        this.product = product;
    }

    /**
     * What was sent.
     *
     * @param id the video
     * @param seconds from the first request to the last answer
     */
    record Sent(String id, double seconds) {}

    /** Something that is done between two bytes. */
    interface Pause {
        void run() throws IOException, InterruptedException;
    }

    /** Sends a file with its sum, which the server has to compare, pausing once when nine tenths of it are sent. */
    Sent send(Path file, Pause pause) throws IOException, InterruptedException {
        URI address = product.address();
        long size = Files.size(file);
        String name = Base64.getEncoder().encodeToString(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        String sum = Base64.getEncoder().encodeToString(sha256(file));
        long start = System.nanoTime();
        try (SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", address.getPort()));
                FileChannel bytes = FileChannel.open(file)) {
            write(socket, head("POST", "/api/v1/uploads", "Upload-Length: " + size, "Upload-Metadata: filename " + name)
                    + "Content-Length: 0\r\n\r\n");
            String path = URI.create(first(LOCATION, answer(socket))).getPath();
            write(socket, head("PATCH", path, "Upload-Offset: 0", "Upload-Checksum: sha256 " + sum,
                            "Content-Type: application/offset+octet-stream")
                    + "Content-Length: " + size + "\r\n\r\n");
            long nineTenths = size / 10 * 9;
            transfer(bytes, 0, nineTenths, socket);
            pause.run();
            transfer(bytes, nineTenths, size, socket);
            String done = answer(socket);
            return new Sent(first(VIDEO, done), (System.nanoTime() - start) / 1e9);
        }
    }

    private String head(String method, String path, String... headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + product.address().getPort()
                + "\r\nTus-Resumable: 1.0.0\r\n" + String.join("\r\n", headers) + "\r\n";
    }

    private static byte[] sha256(Path file) throws IOException {
        try (DigestInputStream bytes =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return bytes.getMessageDigest().digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void transfer(FileChannel from, long begin, long end, SocketChannel to) throws IOException {
        for (long at = begin; at < end; ) {
            at += from.transferTo(at, end - at, to);
        }
    }

    private static void write(SocketChannel socket, String text) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (buffer.hasRemaining()) {
            socket.write(buffer);
        }
    }

    /** The head of an answer, which must be a good one without a body. */
    private static String answer(SocketChannel socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        String text = "";
        while (!text.contains("\r\n\r\n")) {
            if (socket.read(buffer) < 0) {
                throw new IOException("the product closed the connection: " + text);
            }
            text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
        }
        if (!text.startsWith("HTTP/1.1 2")) {
            throw new IOException("the upload was answered with " + text.lines().findFirst().orElse(""));
        }
        return text;
    }

    private static String first(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("the upload was answered with " + text);
        }
        return matcher.group(1);
    }
}
