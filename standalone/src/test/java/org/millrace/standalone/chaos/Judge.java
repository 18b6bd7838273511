package org.millrace.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.millrace.model.id.VideoId;
import org.millrace.model.key.MediaLayout;
import org.millrace.standalone.testbed.Client;

/** Compares what was acknowledged with what has become of it. */
final class Judge {

    private static final Duration ALL_FINAL = Duration.ofMinutes(15);
    private static final Duration TIDY = Duration.ofSeconds(120);
    private static final Set<String> PLAYABLE = Set.of("READY");
    private static final double A_FRAME_OR_TWO = 0.2;

    private final Campaign campaign;
    private final Installation installation;
    private final TempFiles temp;

    /** To be made before the first fault: what is there by then is no litter. */
    Judge(Campaign campaign) {
        this.campaign = campaign;
        this.installation = campaign.installation();
        this.temp = new TempFiles(installation);
    }

    /** Waits until nothing moves any more and counts. */
    Verdict judge(
            String scenario, long seed, List<Submission> submissions, Map<String, String> figures, Instant begun) {
        List<String> failures = new ArrayList<>(campaign.failures());
        boolean still = Hold.until(
                ALL_FINAL,
                () -> installation.ledger().unfinishedVideos()
                                + installation.ledger().unfinishedWork()
                        == 0);
        if (!still) {
            failures.add("not final after " + ALL_FINAL + ": "
                    + installation
                            .ledger()
                            .texts("select kind || ' ' || state from task"
                                    + " where state not in ('DONE', 'FAILED', 'CANCELLED')"));
        }
        int playable = 0;
        int refused = 0;
        List<String> lost = new ArrayList<>();
        for (Submission submission : submissions) {
            String complaint = complaint(submission);
            if (!complaint.isEmpty()) {
                lost.add(complaint);
            } else if (submission.clip().seconds() > 0) {
                playable++;
            } else {
                refused++;
            }
        }
        LedgerView ledger = installation.ledger();
        long unknown = ledger.count("select count(*) from video") - submissions.size();
        if (unknown != 0) {
            failures.add(unknown + " videos more than were acknowledged");
        }
        Hold.until(TIDY, () -> strayObjects().isEmpty());
        return new Verdict(
                scenario,
                installation.shape().word(),
                seed,
                submissions.size(),
                playable,
                refused,
                lost,
                ledger.doubles(),
                strayObjects(),
                strayProcesses(),
                temp.litter(),
                ledger.count("select count(*) from attempt"),
                ledger.redeliveries(),
                takenOver(),
                campaign.interrupted().size(),
                faults(),
                figures,
                failures,
                Duration.between(begun, Instant.now()).toSeconds());
    }

    /** What is wrong with a video; empty if nothing is. */
    private String complaint(Submission submission) {
        try {
            JsonNode video = installation.client().video(submission.video());
            String state = video.get("state").asText();
            String name = submission.clip().name() + " " + submission.video();
            if (submission.clip().seconds() == 0) {
                boolean reasoned =
                        state.equals("REJECTED") && video.at("/failure/message").isTextual();
                return reasoned ? "" : name + " should be refused with a reason: " + video;
            }
            if (!PLAYABLE.contains(state) || video.get("partial").asBoolean()) {
                return name + " is " + state + " " + video.get("failure");
            }
            String source = MediaLayout.source(new VideoId(submission.video())).value();
            if (!installation.store().sha256(source).equals(submission.clip().sha256())) {
                return name + " is not what was sent";
            }
            installation.client().playThrough(submission.video());
            return tooShort(name, video, submission.clip().seconds());
        } catch (AssertionError | UncheckedIOException e) {
            return submission.video() + ": " + e.getMessage();
        }
    }

    /** An exit code proves nothing: each rendition has to be as long as the clip. */
    private String tooShort(String name, JsonNode video, double seconds) {
        Client client = installation.client();
        URI master = installation.address().resolve(video.at("/media/hls").asText());
        List<String> lists = client.get(master.toString())
                .body()
                .lines()
                .filter(line -> line.contains(".m3u8"))
                .map(line -> line.contains("URI=\"") ? line.replaceAll(".*URI=\"([^\"]+)\".*", "$1") : line)
                .distinct()
                .toList();
        for (String list : lists) {
            String text = client.get(master.resolve(list).toString()).body();
            double length = text.lines()
                    .filter(line -> line.startsWith("#EXTINF:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9.]", "")))
                    .sum();
            if (length < seconds - A_FRAME_OR_TWO || !text.contains("#EXT-X-ENDLIST")) {
                return name + " plays " + length + " of " + seconds + " s of " + list;
            }
        }
        return lists.isEmpty() ? name + " has no rendition" : "";
    }

    private List<String> strayObjects() {
        Set<String> stray = new TreeSet<>(installation.store().keys());
        stray.removeAll(installation.ledger().keptObjects());
        return List.copyOf(stray);
    }

    private List<String> strayProcesses() {
        return installation.orphans().stream()
                .map(process -> process.pid() + " " + process.info().command().orElse("?"))
                .toList();
    }

    private long takenOver() {
        return campaign.interrupted().stream()
                .map(installation.ledger()::attempt)
                .filter(state -> Set.of("LOST", "SUPERSEDED").contains(state))
                .count();
    }

    private Map<String, String> faults() {
        Map<String, String> faults = new LinkedHashMap<>();
        campaign.intended()
                .forEach((kind, count) -> faults.put(kind.words(), campaign.happened(kind) + " of " + count));
        return faults;
    }
}
