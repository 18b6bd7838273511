package org.millrace.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.TaskId;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.FailureCode;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Urgency;

/** A task in whatever state that is not final leaves it by itself, with nobody's help and in bounded time. */
@QuarkusTest
class StateAgesTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Pace PACE = new Pace(1, 2, 0);
    private static final String HEADER = "analyse-header";

    @Inject
    VideoLedger videos;

    @Inject
    TaskLedger tasks;

    @Inject
    AttemptLedger attempts;

    @Inject
    Transactions transactions;

    @Inject
    WorkerByHand hand;

    private VideoId video;

    @BeforeEach
    void upload() {
        video = hand.upload();
    }

    @AfterEach
    void forget() {
        videos.delete(video);
    }

    static Stream<TaskState> states() {
        return Stream.of(TaskState.values()).filter(state -> !TaskState.FINAL.contains(state));
    }

    @ParameterizedTest
    @MethodSource("states")
    void it_is_left(TaskState state) {
        switch (state) {
            case BLOCKED -> isReleasedWithItsLastNeed();
            case WAITING -> isOfferedWhenItsPauseIsOver();
            case RESERVED -> lapsesWithItsReservation();
            case OFFERED -> isOfferedAgainWhenNobodyStartsIt();
            case RUNNING -> isTakenFromASilentWorker();
            case DONE, FAILED, CANCELLED -> throw new AssertionError(state + " is final");
        }
    }

    @Test
    void a_worker_that_reports_for_ever_and_never_ends_loses_its_task_all_the_same() {
        AttemptId attempt = hand.start(HEADER);
        change("updatedAt", Instant.now().minus(DAY).minusSeconds(1));
        hand.expireLease(HEADER);
        tasks.renewLeases(Map.of(attempt.value(), 0.5), LEASE, DAY);
        expire();
        assertThat(state()).isEqualTo(TaskState.WAITING);
        assertThat(hand.task(HEADER).failureCode).isEqualTo(FailureCode.WORKER_LOST.slug());
    }

    @Test
    void a_restart_of_the_only_process_ends_the_attempts_that_ran_in_it() {
        AttemptId cut = hand.start(HEADER);
        tasks.takeBackEverything();
        assertThat(state()).isEqualTo(TaskState.WAITING);
        assertThat(hand.attempt(cut).state).isEqualTo(AttemptRow.State.LOST);
    }

    @Test
    void the_pause_after_a_transient_failure_doubles_each_time_from_two_seconds() {
        requirePauses(FailureCode.ENCODER_KILLED, Duration.ofSeconds(2));
    }

    @Test
    void a_store_that_fails_is_waited_for_three_minutes_with_pauses_from_twelve_seconds_on() {
        requirePauses(FailureCode.STORE_ERROR, Duration.ofSeconds(12));
    }

    private void requirePauses(FailureCode code, Duration first) {
        Duration pause = first;
        for (int failures = 1; failures < 5; failures++) {
            hand.dueNow(HEADER);
            Instant before = Instant.now();
            hand.fail(HEADER, hand.start(HEADER), code);
            assertThat(Duration.between(before, hand.task(HEADER).notBefore))
                    .isBetween(pause.minusMillis(1), pause.plusSeconds(8));
            assertThat(waiting())
                    .as("not before its pause is over")
                    .doesNotContain(hand.task(HEADER).taskId());
            pause = pause.multipliedBy(2);
        }
    }

    @Test
    void want_of_room_and_a_worker_that_ends_are_nobodys_fault_however_often() {
        for (int i = 0; i < 12; i++) {
            hand.dueNow(HEADER);
            hand.fail(HEADER, hand.start(HEADER), FailureCode.OUT_OF_SPACE);
        }
        assertThat(state()).isEqualTo(TaskState.WAITING);
        assertThat(hand.task(HEADER).transientFailures).isZero();
    }

    private void isReleasedWithItsLastNeed() {
        hand.analyse(Sample.small());
        hand.run("chunk-0", "chunk-1");
        assertThat(hand.task("assemble-180p").state).isEqualTo(TaskState.BLOCKED);
        hand.run("audio-1", "assemble-audio-1");
        assertThat(hand.task("assemble-180p").state).isEqualTo(TaskState.WAITING);
    }

    private void isOfferedWhenItsPauseIsOver() {
        hand.fail(HEADER, hand.start(HEADER), FailureCode.STORE_ERROR);
        assertThat(waiting()).doesNotContain(hand.task(HEADER).taskId());
        hand.dueNow(HEADER);
        assertThat(waiting()).contains(hand.task(HEADER).taskId());
    }

    private void lapsesWithItsReservation() {
        tasks.reserve(hand.task(HEADER).taskId(), LEASE, PACE, OptionalLong.empty());
        tasks.takeBackStaleReservations();
        assertThat(state()).isEqualTo(TaskState.RESERVED);
        change("reservedUntil", Instant.now().minusSeconds(1));
        tasks.takeBackStaleReservations();
        assertThat(state()).isEqualTo(TaskState.WAITING);
    }

    private void isOfferedAgainWhenNobodyStartsIt() {
        hand.offer(HEADER);
        tasks.takeBackForgotten(Lane.FAST, Instant.now().minusSeconds(60));
        assertThat(state()).isEqualTo(TaskState.OFFERED);
        tasks.takeBackForgotten(Lane.FAST, Instant.now().plusSeconds(1));
        assertThat(state()).isEqualTo(TaskState.WAITING);
    }

    private void isTakenFromASilentWorker() {
        AttemptId silent = hand.start(HEADER);
        expire();
        assertThat(state()).isEqualTo(TaskState.RUNNING);
        hand.expireLease(HEADER);
        expire();
        assertThat(state()).isEqualTo(TaskState.WAITING);
        assertThat(hand.attempt(silent).state).isEqualTo(AttemptRow.State.LOST);
    }

    private void expire() {
        tasks.expired().stream().filter(it -> it.videoId.equals(video.value())).forEach(attempts::lost);
    }

    private TaskState state() {
        return hand.task(HEADER).state;
    }

    private Set<TaskId> waiting() {
        return Stream.of(Urgency.values())
                .flatMap(urgency -> tasks.ownersWaiting(Lane.FAST, urgency).stream()
                        .flatMap(owner -> tasks.waiting(Lane.FAST, urgency, owner, 1000).stream()))
                .collect(Collectors.toSet());
    }

    private void change(String field, Instant value) {
        transactions.write(
                () -> TaskRow.update(field + " = ?1 where videoId = ?2 and name = ?3", value, video.value(), HEADER));
    }

    @Test
    void every_state_is_either_final_or_has_an_age() {
        assertThat(states().toList())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        TaskState.BLOCKED,
                        TaskState.WAITING,
                        TaskState.RESERVED,
                        TaskState.OFFERED,
                        TaskState.RUNNING));
    }
}
