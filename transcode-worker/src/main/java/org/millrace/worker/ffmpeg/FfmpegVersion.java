package org.millrace.worker.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an ffmpeg says about itself.
 *
 * @param text its version as printed, for example {@code 5.1.9-0+deb12u1}
 * @param major first number of the version; {@link Integer#MAX_VALUE} for a build from the development tree
 * @param minor second number
 * @param build short hash of its configuration and library versions
 */
public record FfmpegVersion(String text, int major, int minor, String build) {

    private static final Pattern FIRST_LINE = Pattern.compile("ffmpeg version (\\S+)");
    private static final Pattern NUMBERS = Pattern.compile("n?(\\d+)\\.(\\d+).*");

    /** Reads the output of {@code ffmpeg -version}; empty if it is something else. */
    static Optional<FfmpegVersion> parse(String output) {
        Matcher first = FIRST_LINE.matcher(output);
        if (!first.lookingAt()) {
            return Optional.empty();
        }
        String text = first.group(1);
        Matcher numbers = NUMBERS.matcher(text);
        boolean released = numbers.matches();
        return Optional.of(new FfmpegVersion(
                text,
                released ? Integer.parseInt(numbers.group(1)) : Integer.MAX_VALUE,
                released ? Integer.parseInt(numbers.group(2)) : 0,
                hash(output)));
    }

    /** Whether it can do what the commands ask of it. */
    public boolean isRecentEnough() {
        return major > 5 || (major == 5 && minor >= 1);
    }

    /**
     * Names the encoder: two workers with equal fingerprints write equal init segments for equal commands.
     *
     * @param encoderLibrary version of the H.264 encoder, as its library is named
     */
    String fingerprint(String encoderLibrary) {
        return "ffmpeg " + text + " / " + encoderLibrary + " / " + build;
    }

    private static String hash(String output) {
        String telling = output.lines()
                .filter(line -> line.startsWith("configuration:") || line.startsWith("lib"))
                .collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(telling.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
