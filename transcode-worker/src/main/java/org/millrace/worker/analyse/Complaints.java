package org.millrace.worker.analyse;

import java.util.List;
import java.util.regex.Pattern;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.message.FailureCode;
import org.millrace.worker.attempt.AttemptFailedException;

/** What ffmpeg's complaints about a source mean. They decide only between reasons for a refusal that is certain. */
final class Complaints {

    private static final Pattern IMPOSSIBLE_SIZE = Pattern.compile("Picture size [1-9]\\d*x[1-9]\\d* is invalid");

    private Complaints() {}

    /** Why a file could not be read at all. */
    static AttemptFailedException refusal(List<String> lastWords, Throwable cause) {
        FailureCode code = FailureCode.NOT_A_VIDEO;
        if (says(lastWords, "moov atom not found")
                || says(lastWords, "EBML header parsing failed")
                || says(lastWords, "Could not open codec for input stream")) {
            code = FailureCode.NOTHING_DECODABLE;
        } else if (isTooLarge(lastWords)) {
            code = FailureCode.PICTURE_TOO_LARGE;
        }
        return new AttemptFailedException(code, last(lastWords), cause);
    }

    /** Why no picture came out of a track. */
    static AttemptFailedException undecodable(VideoTrack track, List<String> lastWords) {
        FailureCode code = FailureCode.NOTHING_DECODABLE;
        if (isTooLarge(lastWords)) {
            code = FailureCode.PICTURE_TOO_LARGE;
        } else if ("unknown".equals(track.codec()) || says(lastWords, "no decoder found")) {
            code = FailureCode.UNKNOWN_CODEC;
        } else if (says(lastWords, "DRM protected")) {
            code = FailureCode.ENCRYPTED;
        }
        return new AttemptFailedException(code, track.codec() + ": " + last(lastWords));
    }

    /** Whether the picture is larger than allowed, or larger than anything. */
    static boolean isTooLarge(List<String> words) {
        return words.stream()
                .anyMatch(line -> line.contains("exceeds specified max pixel count")
                        || IMPOSSIBLE_SIZE.matcher(line).find());
    }

    private static boolean says(List<String> words, String what) {
        return words.stream().anyMatch(line -> line.contains(what));
    }

    private static String last(List<String> words) {
        return words.isEmpty() ? "no word" : words.getLast().replaceAll("\\p{Cntrl}", " ");
    }
}
