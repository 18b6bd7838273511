package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.millrace.api.testing.TusClient.announce;
import static org.millrace.api.testing.TusClient.bytes;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.millrace.api.account.Quota;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.UploadLedger;
import org.millrace.api.ledger.UploadRow;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.testing.Stored;
import org.millrace.store.MediaStore;

/** The end of an upload, when more than one wants to make a video of it. */
@QuarkusTest
class CompletionTest {

    @Inject
    UploadLedger ledger;

    @Inject
    VideoLedger videos;

    @Inject
    MediaStore store;

    @Inject
    Room room;

    @Inject
    UploadConfig config;

    @Inject
    Quota quota;

    @Inject
    Transactions transactions;

    @Inject
    Stored stored;

    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void a_sender_whose_last_bytes_meet_the_janitor_waits_for_it_and_is_not_refused() throws Exception {
        byte[] file = bytes(1000);
        UploadRow row = stored.upload(announce(file.length, "met.mp4"));
        store.append(row.source(), 0, new ByteArrayInputStream(file), file.length);
        Uploads uploads = new Uploads(ledger, videos, slow(), room, config, quota, transactions);
        FutureTask<Void> janitor = new FutureTask<>(() -> uploads.complete(row), null);
        FutureTask<Void> sender = new FutureTask<>(() -> uploads.complete(row), null);

        Thread.ofPlatform().start(janitor);
        await().untilAtomic(calls, equalTo(1));
        Thread second = Thread.ofPlatform().start(sender);
        await().until(() -> second.getState() == Thread.State.WAITING);
        go.countDown();
        janitor.get();
        sender.get();

        assertThat(calls).hasValue(2);
        assertThat(most).hasValue(1);
        assertThat(stored.source(row.videoId)).isEqualTo(file);
    }

    /** The real store, but for a bar before the end of an append. */
    private MediaStore slow() {
        return (MediaStore) Proxy.newProxyInstance(
                MediaStore.class.getClassLoader(), new Class<?>[] {MediaStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("finishAppend")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    calls.incrementAndGet();
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    try {
                        go.await();
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        atOnce.decrementAndGet();
                    }
                });
    }
}
