package millrace.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.product.Hls;
import millrace.product.Http;

/** Compares what became of a file with what its row expects. */
final class Judge {

    private final Http http;

    Judge(Http http) {
        this.http = http;
    }

    /** What is wrong with a result, in words; empty if it is as the row expects. */
    List<String> complaints(Row row, Result result) throws InterruptedException {
        if (!result.complaints().isEmpty()) {
            return result.complaints();
        }
        List<String> wrong = new ArrayList<>();
        switch (row.expect()) {
            case "convert", "convert-partial" -> {
                boolean partial = row.expect().equals("convert-partial");
                check(wrong, result.ready(), "it should be READY");
                check(wrong, result.partial() == partial, "partial should be " + partial);
            }
            case "reject" -> check(wrong, !result.ready(), "it should be refused");
            case "reject-or-audio" -> {}
            default -> wrong.add("the manifest expects \"" + row.expect() + "\", which is no known word");
        }
        if (result.ready()) {
            playable(row, result, wrong);
        } else {
            check(wrong, !result.state().equals("CANCELLED"), "nobody cancelled it");
            check(wrong, result.failureExplained(), "the reason lacks its code or its sentence");
        }
        return wrong;
    }

    private void playable(Row row, Result result, List<String> wrong) throws InterruptedException {
        check(wrong, Boolean.TRUE.equals(result.video().get("playable")), "playable should be true");
        double duration = result.duration().orElse(0);
        check(wrong, duration > 0, "durationSeconds should be positive");
        boolean whole = row.expect().equals("convert") || row.expect().equals("reject-or-audio");
        if (whole && row.expectedDuration().isPresent()) {
            double expected = row.expectedDuration().getAsDouble();
            check(wrong, near(duration, expected), "the duration should be " + expected);
        }
        boolean picture = !result.reported("renditions").isEmpty();
        check(wrong, picture || !row.has("video") || result.cover(), "the picture is lost");
        check(wrong, !picture || !row.expect().equals("reject-or-audio"), "there is no picture to be had");
        if (!(result.video().get("media") instanceof Map<?, ?> media) || !(media.get("hls") instanceof String hls)) {
            wrong.add("media.hls is missing");
            return;
        }
        try {
            Hls player = new Hls(http);
            double listed = player.playAll(hls);
            check(wrong, near(listed, duration), "the playlists list " + listed + " s");
            // What is only heard has its sound for a variant.
            boolean sound = !picture || !player.tracks(hls).audio().isEmpty();
            check(wrong, sound || !row.has("audio"), "the sound is lost");
            for (String other : List.of("mp4", "poster")) {
                if (media.get(other) instanceof String path) {
                    http.range(http.resolve(path), 0, 1);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            wrong.add(e.getMessage());
        }
    }

    private static void check(List<String> wrong, boolean fine, String complaint) {
        if (!fine) {
            wrong.add(complaint);
        }
    }

    private static boolean near(double actual, double expected) {
        return Math.abs(actual - expected) <= Math.max(0.5, 0.02 * expected);
    }
}
