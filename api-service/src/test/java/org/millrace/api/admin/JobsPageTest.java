package org.millrace.api.admin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.AttemptLedger;
import org.millrace.api.ledger.TaskRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.playback.Shown;
import org.millrace.model.id.AttemptId;
import org.millrace.model.id.VideoId;
import org.millrace.model.id.WorkerId;
import org.millrace.model.message.FailureClass;
import org.millrace.model.message.FailureCode;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.Signal;

@QuarkusTest
class JobsPageTest {

    @Inject
    Shown shown;

    @Inject
    VideoLedger videos;

    @Inject
    AttemptLedger attempts;

    @Inject
    Transactions transactions;

    @Inject
    Event<Signal.Progress> progress;

    private final WorkerId worker = WorkerId.random();
    private final AttemptId attempt = AttemptId.random();

    @BeforeEach
    void empty_the_library() {
        for (VideoRow video : transactions.read(() -> VideoRow.<VideoRow>listAll())) {
            videos.delete(video.videoId());
        }
    }

    @Test
    void without_work_there_is_nothing_to_do() {
        assertThat(html("/jobs"))
                .contains("<html", "Nothing to do", "data-testid=\"no-workers\"")
                .doesNotContain("NOT_FOUND");
    }

    @Test
    void the_part_that_changes_can_be_had_alone() {
        shown.uploaded("local", "Waiting its turn");

        assertThat(html("/jobs?fragment=rows")).contains("Waiting its turn").doesNotContain("<html", "<main");
    }

    @Test
    void a_fresh_upload_waits() {
        VideoId video = shown.uploaded("local", "Waiting its turn");

        assertThat(html("/jobs"))
                .contains("data-testid=\"waiting-count\">1<", "href=\"/watch/" + video + "\"", "· for ")
                .doesNotContain("NOT_FOUND");
    }

    @Test
    void a_running_task_shows_how_far_it_is() {
        TaskRow task = started(shown.uploaded("local", "Under way"));
        progress.fire(new Signal.Progress(task.taskId(), attempt, worker, 1, 0.42, 2.1));

        assertThat(html("/jobs"))
                .contains("data-testid=\"running-count\">1<", "data-testid=\"waiting-count\">0<")
                .contains("42 %", "2.1×", "left", "on a worker");
    }

    @Test
    void a_task_that_was_given_up_says_why_and_can_be_tried_again() {
        TaskRow task = givenUp(FailureCode.SOURCE_MISSING);

        assertThat(html("/jobs"))
                .contains("data-testid=\"failed-count\">1<", FailureCode.SOURCE_MISSING.sentence())
                .contains("retry-" + task.id);
    }

    @Test
    void a_file_that_was_refused_would_be_refused_again() {
        TaskRow task = givenUp(FailureCode.NOT_A_VIDEO);

        assertThat(html("/jobs"))
                .contains("data-testid=\"failed-count\">1<", FailureCode.NOT_A_VIDEO.sentence())
                .doesNotContain("retry-" + task.id);
    }

    @Test
    void a_task_that_waits_for_room_says_so() {
        VideoId video = shown.uploaded("local", "Large");
        shown.change(
                video,
                () -> TaskRow.update(
                        "failureCode = ?1 where videoId = ?2", FailureCode.OUT_OF_SPACE.slug(), video.value()));

        assertThat(html("/jobs")).contains("Waiting · for room on the disk");
    }

    private TaskRow givenUp(FailureCode code) {
        TaskRow task = started(shown.uploaded("local", "Hopeless"));
        attempts.failed(new Outcome.AttemptFailed(task.taskId(), attempt, worker, FailureClass.IMPOSSIBLE, code, null));
        return task;
    }

    private TaskRow started(VideoId video) {
        TaskRow task = transactions
                .read(() -> TaskRow.<TaskRow>list("videoId", video.value()))
                .get(0);
        attempts.started(
                new Outcome.AttemptStarted(task.taskId(), attempt, worker, task.offers), Duration.ofMinutes(1));
        return task;
    }

    private static String html(String path) {
        return given().accept("text/html")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
