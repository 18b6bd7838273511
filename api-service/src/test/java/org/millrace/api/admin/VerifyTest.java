package org.millrace.api.admin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.Transactions;
import org.millrace.api.ledger.VideoLedger;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.ledger.VideoState;
import org.millrace.api.playback.Shown;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;

@QuarkusTest
class VerifyTest {

    @Inject
    Shown shown;

    @Inject
    Manifests manifests;

    @Inject
    Hashes hashes;

    @Inject
    VideoLedger videos;

    @Inject
    Transactions transactions;

    @Inject
    MediaStore store;

    @Inject
    ObjectMapper json;

    private VideoId video;

    @BeforeEach
    void finish() {
        video = shown.playable("local", "Holiday");
        store.put(MediaLayout.source(video), new byte[1_234_567]);
        shown.change(video, () -> {
            VideoRow row = VideoRow.findById(video.value());
            row.state = VideoState.READY;
            PublishedRow.<PublishedRow>list("videoId", video.value())
                    .forEach(object -> object.sha256 = hashes.of(object.object()));
        });
        manifests.writeMissing();
    }

    @AfterEach
    void forget() {
        videos.delete(video);
    }

    private List<String> faults() throws IOException {
        String lines =
                given().post("/api/v1/verify").then().statusCode(200).extract().asString();
        for (String line : lines.split("\n")) {
            JsonNode check = json.readTree(line);
            if (check.get("video").asText().equals(video.value())) {
                List<String> faults = new ArrayList<>();
                check.get("faults").forEach(fault -> faults.add(fault.asText()));
                assertThat(check.get("whole").asBoolean()).isEqualTo(faults.isEmpty());
                return faults;
            }
        }
        throw new AssertionError("The video was not checked: " + lines);
    }

    private ObjectKey object(String name) {
        return transactions.read(() -> PublishedRow.<PublishedRow>findById(new PublishedRow.Key(video.value(), 1, name))
                .object());
    }

    @Test
    void a_whole_video_has_a_manifest_of_all_its_objects_and_no_faults() throws IOException {
        assertThat(faults()).isEmpty();
        JsonNode manifest = json.readTree(store.read(object("manifest")));
        assertThat(manifest.get("objects")).hasSize(4);
        assertThat(manifest.get("objects").get(0).get("sha256").asText()).hasSize(64);
    }

    @Test
    void an_object_that_is_missing_cut_or_changed_is_found() throws IOException {
        store.delete(object("poster"));
        store.put(object("240p"), Shown.bytes(99, 9_000));
        store.put(object("download"), Shown.bytes(3, 100));
        store.put(MediaLayout.source(video), new byte[5]);
        assertThat(faults())
                .hasSize(4)
                .anyMatch(fault -> fault.startsWith("poster is missing"))
                .anyMatch(fault -> fault.startsWith("240p is not what was written"))
                .anyMatch(fault -> fault.startsWith("download has 100 bytes"))
                .anyMatch(fault -> fault.startsWith("The uploaded file has 5 bytes"));
    }

    @Test
    void a_manifest_that_lists_something_else_is_found() throws IOException {
        store.put(object("manifest"), "{\"version\":1,\"objects\":[]}".getBytes(StandardCharsets.UTF_8));
        assertThat(faults()).anyMatch(fault -> fault.startsWith("The manifest does not list"));
    }
}
