package org.millrace.worker.ffmpeg;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A stream as ffprobe describes it. Everything but index, type, sets, lists and maps may be null: the file does not say.
 *
 * @param index its number in the file
 * @param type {@code video}, {@code audio}, {@code subtitle}, {@code data} or {@code attachment}; {@code unknown} if
 *     ffprobe names none
 * @param codec ffmpeg's name of the codec; null if it knows none
 * @param codecTag the container's four letters; for example {@code encv} for encrypted video
 * @param profile of the codec
 * @param level of the codec, in its own numbers
 * @param width coded pixels, before turning
 * @param height coded pixels, before turning
 * @param pixelFormat for example {@code yuv420p10le}
 * @param fieldOrder {@code progressive}, {@code tt}, {@code bb}, {@code tb} or {@code bt}
 * @param colourRange {@code tv} or {@code pc}
 * @param colourSpace the matrix, for example {@code bt709} or {@code gbr}
 * @param colourTransfer for example {@code smpte2084}
 * @param colourPrimaries for example {@code bt2020}
 * @param sampleAspect shape of a pixel
 * @param rate lowest rate at which all timestamps fit
 * @param averageRate frames over duration
 * @param sampleRate of audio, per second
 * @param channels of audio
 * @param channelLayout of audio, for example {@code 5.1(side)}
 * @param start its first timestamp
 * @param duration as the header promises
 * @param frames as the header promises
 * @param bitRate bits per second
 * @param rotation degrees counter-clockwise by which players turn the picture; 0 if nothing is said
 * @param mirrored whether players mirror the picture besides turning it
 * @param dolbyVisionProfile profile of Dolby Vision, for example 8
 * @param sideData kinds of side data, for example {@code DOVI configuration record}
 * @param dispositions those that are set, for example {@code default} or {@code attached_pic}
 * @param tags what the file says about the stream, keys in lower case; from the file: never trusted
 * @param raw everything ffprobe said
 */
public record ProbeStream(
        int index,
        String type,
        String codec,
        String codecTag,
        String profile,
        Integer level,
        Integer width,
        Integer height,
        String pixelFormat,
        String fieldOrder,
        String colourRange,
        String colourSpace,
        String colourTransfer,
        String colourPrimaries,
        Ratio sampleAspect,
        Ratio rate,
        Ratio averageRate,
        Integer sampleRate,
        Integer channels,
        String channelLayout,
        Duration start,
        Duration duration,
        Long frames,
        Long bitRate,
        int rotation,
        boolean mirrored,
        Integer dolbyVisionProfile,
        List<String> sideData,
        Set<String> dispositions,
        Map<String, String> tags,
        JsonNode raw) {

    /** Whether it is a moving picture: not a cover or a thumbnail. */
    public boolean isPicture() {
        return "video".equals(type)
                && !dispositions.contains("attached_pic")
                && !dispositions.contains("timed_thumbnails");
    }

    /** Whether the container marks the stream as encrypted. */
    public boolean isEncrypted() {
        return Set.of("encv", "enca", "drmi", "drms").contains(codecTag == null ? "" : codecTag)
                || sideData.stream()
                        .anyMatch(kind -> kind.toLowerCase(Locale.ROOT).contains("encryption"))
                || tags.containsKey("encryption");
    }
}
