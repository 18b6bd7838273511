package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.model.key.ObjectKey;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3MediaStoreTest extends MediaStoreContract {

    private static final ObjectKey KEY = new ObjectKey("u/upload");
    private static final S3Limits SMALL = new S3Limits(5 << 20, 5 << 20, 5 << 20);

    private static S3Server server;

    private String bucket;

    @BeforeAll
    static void start_the_server() {
        server = S3Server.start();
    }

    @AfterAll
    static void stop_the_server() {
        server.close();
    }

    @BeforeEach
    @Override
    void open_the_store() {
        bucket = "b-" + UUID.randomUUID();
        server.createBucket(bucket);
        super.open_the_store();
    }

    @Override
    MediaStore open() {
        return open(Clock.systemUTC());
    }

    private MediaStore open(Clock clock) {
        return new S3MediaStore(server.client(), server.presigner(), bucket, "some/prefix", folder, clock, SMALL);
    }

    @Override
    List<String> leftovers() {
        List<String> found = new ArrayList<>(names().stream()
                .filter(name -> !name.matches("some/prefix/[a-z].*|some/prefix/.appends/u/upload2/.begin"))
                .toList());
        server.client().listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::key)
                .filter(key -> !key.endsWith("u/upload2"))
                .forEach(found::add);
        return found;
    }

    private List<String> names() {
        return server.client().listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Test
    void every_object_lies_under_the_prefix() {
        store.put(KEY, new byte[1]);

        assertThat(names()).containsExactly("some/prefix/u/upload");
        assertThat(store.localPath(KEY)).isEmpty();
        assertThat(store.freeBytes()).isEmpty();
    }

    @Test
    void a_signed_url_gives_the_object_to_whoever_has_it() throws Exception {
        byte[] bytes = random(1000);
        store.put(KEY, bytes);
        var url = store.presignGet(KEY, Duration.ofSeconds(30)).orElseThrow();
        try (HttpClient http = HttpClient.newHttpClient()) {
            var whole = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
            var part = http.send(
                    HttpRequest.newBuilder(url).header("Range", "bytes=10-19").build(), BodyHandlers.ofByteArray());
            var unsigned = URI.create(url.toString().replaceAll("\\?.*", ""));
            var refused = http.send(HttpRequest.newBuilder(unsigned).build(), BodyHandlers.discarding());

            assertThat(whole.body()).isEqualTo(bytes);
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
            assertThat(refused.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void streams_that_are_closed_early_hold_no_connection() throws IOException {
        store.put(KEY, random(1 << 20));
        int moreThanTheClientHas = 60;

        for (int i = 0; i < moreThanTheClientHas; i++) {
            try (InputStream in = store.read(KEY)) {
                assertThat(in.read()).isNotNegative();
            }
        }

        assertThat(content(store.read(KEY))).hasSize(1 << 20);
    }

    @Test
    void a_bucket_that_does_not_exist_is_reported() {
        MediaStore nowhere =
                new S3MediaStore(server.client(), server.presigner(), "no-such-bucket", "", folder, Clock.systemUTC());

        assertThatThrownBy(nowhere::check)
                .isInstanceOf(MediaStoreException.class)
                .hasMessageContaining("The bucket no-such-bucket cannot be written to");
        assertThatThrownBy(() -> nowhere.read(KEY))
                .isInstanceOf(MediaStoreException.class)
                .isNotInstanceOf(NoSuchObjectException.class);
    }

    @Test
    void a_tail_that_a_writer_given_up_for_dead_stores_late_shortens_nothing() {
        byte[] bytes = random(1000);
        store.createAppend(KEY);
        store.append(KEY, 0, stream(bytes, 0, 1000), 1000);

        new S3Bucket(server.client(), bucket, "some/prefix/")
                .put("some/prefix/.appends/u/upload/.tail/0-500", Arrays.copyOf(bytes, 500));

        assertThat(store.durableOffset(KEY)).isEqualTo(1000);
        store.finishAppend(KEY);
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 10 << 20, LARGE})
    void a_process_that_died_between_completing_and_forgetting_is_finished_for(int size) {
        byte[] bytes = random(size);
        store.createAppend(KEY);
        store.append(KEY, 0, stream(bytes, 0, size), size);
        S3Bucket raw = new S3Bucket(server.client(), bucket, "some/prefix/");
        byte[] upload = raw.get("some/prefix/.appends/u/upload/.begin");
        List<String> state = names();
        store.finishAppend(KEY);
        state.forEach(name -> raw.put(name, name.endsWith(".begin") ? upload : new byte[0]));

        ObjectInfo finished = open().finishAppend(KEY);

        assertThat(finished.size()).isEqualTo(size);
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void uploads_that_belong_to_nobody_are_swept_once_they_are_old() {
        S3Bucket raw = new S3Bucket(server.client(), bucket, "some/prefix/");
        new S3Multipart(raw).begin("some/prefix/v/video/set/1/720p.mp4");
        raw.put("some/prefix/.appends/u/aborted/.part/1-0-5", new byte[0]);
        ObjectKey alive = new ObjectKey("u/upload2");
        store.createAppend(alive);
        store.append(alive, 0, stream(random(LARGE), 0, LARGE), LARGE);

        store.sweep(Duration.ofDays(1));
        assertThat(leftovers()).hasSizeGreaterThanOrEqualTo(2);
        open(Clock.offset(Clock.systemUTC(), Duration.ofHours(25))).sweep(Duration.ofDays(1));

        assertThat(names()).noneMatch(name -> name.contains("aborted"));
        assertThat(server.client()
                        .listMultipartUploads(request -> request.bucket(bucket))
                        .uploads())
                .singleElement()
                .extracting(MultipartUpload::key)
                .isEqualTo("some/prefix/u/upload2");
        store.finishAppend(alive);
        assertThat(content(store.read(alive))).isEqualTo(random(LARGE));
    }

    @Test
    void a_sender_brings_parts_by_itself_and_they_become_an_object_of_their_size() throws Exception {
        byte[] bytes = random(12 << 20);
        DirectUploads direct = store.direct().orElseThrow();
        List<DirectUploads.Sent> parts = List.of(
                new DirectUploads.Sent(1, 5 << 20),
                new DirectUploads.Sent(2, 5 << 20),
                new DirectUploads.Sent(3, 2 << 20));
        direct.begin(KEY);
        assertThat(direct.sent(KEY)).isEmpty();
        for (DirectUploads.Sent part : parts) {
            assertThat(send(direct, part, bytes, (part.number() - 1) * (5 << 20)))
                    .isEqualTo(200);
        }

        assertThat(open().direct().orElseThrow().sent(KEY)).isEqualTo(parts);
        assertThat(store.stat(KEY)).isEmpty();
        assertThatThrownBy(() -> store.durableOffset(KEY)).isInstanceOf(NoSuchObjectException.class);
        assertThat(direct.complete(KEY, parts).size()).isEqualTo(12 << 20);
        assertThat(direct.complete(KEY, parts).size()).isEqualTo(12 << 20);
        assertThat(content(store.read(KEY))).isEqualTo(bytes);
        assertThat(leftovers()).isEmpty();
        assertThatThrownBy(() -> direct.sent(KEY)).isInstanceOf(NoSuchObjectException.class);
    }

    @Test
    void parts_that_are_missing_or_of_another_size_make_no_object() throws Exception {
        byte[] bytes = random(6 << 20);
        DirectUploads direct = store.direct().orElseThrow();
        DirectUploads.Sent first = new DirectUploads.Sent(1, 5 << 20);
        direct.begin(KEY);
        send(direct, first, bytes, 0);

        List<DirectUploads.Sent> more = List.of(first, new DirectUploads.Sent(2, 1 << 20));
        List<DirectUploads.Sent> other = List.of(new DirectUploads.Sent(1, 6 << 20));
        assertThatThrownBy(() -> direct.complete(KEY, more)).isInstanceOf(WrongPartsException.class);
        assertThatThrownBy(() -> direct.complete(KEY, other)).isInstanceOf(WrongPartsException.class);
        assertThat(store.stat(KEY)).isEmpty();
        assertThat(direct.sent(KEY)).containsExactly(first);
    }

    @Test
    void an_address_takes_one_part_of_one_length_only() throws Exception {
        DirectUploads direct = store.direct().orElseThrow();
        direct.begin(KEY);
        URI address = direct.partAddress(KEY, 1, 5 << 20, Duration.ofMinutes(1));

        requireRefused(address, random(1000));
        requireRefused(URI.create(address.toString().replace("partNumber=1", "partNumber=2")), random(5 << 20));
        assertThat(direct.sent(KEY)).isEmpty();
    }

    @Test
    void a_direct_upload_that_is_given_up_leaves_nothing_and_one_that_lives_is_not_swept() throws Exception {
        DirectUploads direct = store.direct().orElseThrow();
        DirectUploads.Sent first = new DirectUploads.Sent(1, 5 << 20);
        direct.begin(KEY);
        send(direct, first, random(5 << 20), 0);

        open(Clock.offset(Clock.systemUTC(), Duration.ofHours(25))).sweep(Duration.ofDays(1));
        assertThat(direct.sent(KEY)).containsExactly(first);
        store.abortAppend(KEY);

        assertThat(leftovers()).isEmpty();
        assertThat(names()).isEmpty();
        assertThatThrownBy(() -> direct.sent(KEY)).isInstanceOf(NoSuchObjectException.class);
    }

    private int send(DirectUploads direct, DirectUploads.Sent part, byte[] bytes, int from) throws Exception {
        URI address = direct.partAddress(KEY, part.number(), part.size(), Duration.ofMinutes(1));
        return put(address, Arrays.copyOfRange(bytes, from, from + (int) part.size()));
    }

    /** A server that refuses before it has read the body closes the connection, and its answer may be lost with it. */
    private static void requireRefused(URI address, byte[] bytes) {
        Awaitility.await("an answer")
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> put(address, bytes), is(403));
    }

    private static int put(URI address, byte[] bytes) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            // A server that refuses early closes the connection, and an answer that crosses with a large body is lost
            // then.
            HttpRequest request = HttpRequest.newBuilder(address)
                    .expectContinue(true)
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void files_of_processes_that_died_are_swept_once_they_are_old() throws IOException {
        Path dead = Files.createFile(folder.resolve("millrace-append-dead"));
        Path foreign = Files.createFile(folder.resolve("foreign"));

        store.sweep(Duration.ofDays(1));
        assertThat(dead).exists();
        open(Clock.offset(Clock.systemUTC(), Duration.ofHours(25))).sweep(Duration.ofDays(1));

        assertThat(dead).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void nothing_waits_on_this_machine_after_an_append() {
        store.createAppend(KEY);
        store.append(KEY, 0, stream(random(LARGE), 0, LARGE), LARGE);

        assertThat(folder).isEmptyDirectory();
    }
}
