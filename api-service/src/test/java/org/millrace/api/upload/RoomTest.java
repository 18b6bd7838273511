package org.millrace.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.millrace.api.account.Quota;
import org.millrace.api.account.QuotaConfig;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.store.MediaStore;

class RoomTest {

    @Test
    void a_file_that_is_larger_than_allowed_is_refused_however_much_room_there_is() {
        Room room = room(OptionalLong.of(1_000_000), 500, 0);

        room.claim("a", 500);
        refused(ErrorCode.UPLOAD_TOO_LARGE, () -> room.claim("b", 501));
    }

    @Test
    void what_is_kept_free_is_not_given_away() {
        Room room = room(OptionalLong.of(1000), 5000, 400);

        refused(ErrorCode.STORAGE_FULL, () -> room.claim("a", 601));
        room.claim("a", 600);
    }

    @Test
    void what_others_have_been_promised_is_taken_until_it_has_arrived() {
        Room room = room(OptionalLong.of(1000), 5000, 0);

        room.claim("a", 700);
        refused(ErrorCode.STORAGE_FULL, () -> room.claim("b", 301));
        assertThat(room.expects("a")).isTrue();

        room.arrived("a", 100);
        room.claim("b", 900);
        refused(ErrorCode.STORAGE_FULL, () -> room.claim("c", 1));

        room.release("b");
        room.claim("c", 900);
    }

    @Test
    void a_promise_of_an_earlier_process_counts_too_but_not_twice() {
        Room room = room(OptionalLong.of(1000), 5000, 0);

        room.remember("a", 600);
        room.remember("a", 600);
        assertThat(room.available()).isEqualTo(400);
        room.release("a");
        room.arrived("a", 600);
        assertThat(room.available()).isEqualTo(1000);
    }

    @Test
    void a_store_without_bounds_is_bounded_by_the_largest_file_alone() {
        Room room = room(OptionalLong.empty(), 500, 400);

        room.claim("a", 500);
        room.claim("b", 500);
        assertThat(room.available()).isEqualTo(500);
    }

    @Test
    void a_disk_that_is_fuller_than_it_should_be_has_no_room() {
        assertThat(room(OptionalLong.of(10), 500, 400).available()).isZero();
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static Room room(OptionalLong free, long largest, long keepFree) {
        MediaStore store = (MediaStore) Proxy.newProxyInstance(
                RoomTest.class.getClassLoader(), new Class<?>[] {MediaStore.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("freeBytes");
                    return free;
                });
        QuotaConfig unlimited = new QuotaConfig() {
            @Override
            public Optional<MemorySize> bytes() {
                return Optional.empty();
            }

            @Override
            public OptionalLong videos() {
                return OptionalLong.empty();
            }
        };
        return new Room(
                store,
                new UploadConfig() {
                    @Override
                    public MemorySize maxSize() {
                        return new MemorySize(BigInteger.valueOf(largest));
                    }

                    @Override
                    public MemorySize keepFree() {
                        return new MemorySize(BigInteger.valueOf(keepFree));
                    }

                    @Override
                    public Duration expiresAfter() {
                        return Duration.ofDays(7);
                    }

                    @Override
                    public boolean direct() {
                        return false;
                    }
                },
                new Quota(unlimited, null));
    }
}
