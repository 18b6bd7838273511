package org.millrace.api.library;

import java.util.ArrayList;
import java.util.List;
import org.millrace.api.ledger.VideoRow;
import org.millrace.api.status.VideoStatus;

/** What is happening to a video, in the words that the pages' scripts use too. */
final class StateWords {

    private StateWords() {}

    /** One short line: {@code Converting the picture · 42 %}. */
    static String headline(VideoRow video, VideoStatus status) {
        return switch (video.state) {
            case READY -> video.partial ? "Ready, but not complete" : "Ready";
            case FAILED -> "Failed";
            case REJECTED -> "Not accepted";
            case CANCELLED -> "Cancelled";
            case PROCESSING -> status.stage() + " · " + Words.percent(status.percent());
        };
    }

    /** The numbers behind it: {@code 2.1× speed · about 3 min left · needs up to 1.2 GB}; null if there are none. */
    static String particulars(VideoStatus status) {
        List<String> words = new ArrayList<>();
        if (status.queuePlace() != null) {
            words.add(
                    status.queuePlace() == 1 ? "next in the queue" : "number " + status.queuePlace() + " in the queue");
        }
        if (status.speed() != null && status.speed() > 0) {
            words.add(Words.times(status.speed()) + " speed");
        }
        if (status.etaSeconds() != null) {
            words.add(Words.timeLeft(status.etaSeconds()));
        }
        if (status.forecastBytes() != null && status.forecastBytes() > 0) {
            words.add("needs up to " + Words.bytes(status.forecastBytes()));
        }
        return words.isEmpty() ? null : String.join(" · ", words);
    }

    /** The time that is left, for where there is room for little: {@code about 3 min left}; empty if unknown. */
    static String timeLeft(VideoStatus status) {
        return status.etaSeconds() == null ? "" : Words.timeLeft(status.etaSeconds());
    }
}
