package org.millrace.api.playback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;

/** The multivariant HLS playlist (RFC 8216) of a set: its renditions and its sound. */
final class MasterPlaylist {

    private static final String GROUP = "aud";

    /** Players begin with the variant that is listed first: one that most lines carry and that looks decent. */
    private static final int START_LINES = 480;

    private MasterPlaylist() {}

    /**
     * The playlist as text. A set without a picture lists its sound as variants.
     *
     * @param pictures renditions in any order
     * @param sounds what can be heard with each of them, the default first; empty if there is none
     */
    static String of(List<EncodedTrack> pictures, List<AudioChoice> sounds) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        if (pictures.isEmpty()) {
            sounds.forEach(sound -> variant(text, sound.track(), List.of()));
            return text.toString();
        }
        for (AudioChoice sound : sounds) {
            boolean first = sound.equals(sounds.get(0));
            text.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"" + GROUP + "\",NAME=\"")
                    .append(sound.name())
                    .append('"');
            if (sound.languageTag() != null) {
                text.append(",LANGUAGE=\"").append(sound.languageTag()).append('"');
            }
            text.append(first ? ",DEFAULT=YES" : ",DEFAULT=NO")
                    .append(",AUTOSELECT=YES,URI=\"")
                    .append(sound.track().name())
                    .append(".m3u8\"\n");
        }
        List<EncodedTrack> heard = sounds.stream().map(AudioChoice::track).toList();
        inOrder(pictures).forEach(picture -> variant(text, picture, hasOwnSound(picture) ? List.of() : heard));
        return text.toString();
    }

    private static void variant(StringBuilder text, EncodedTrack track, List<EncodedTrack> sounds) {
        long peak = Bitrate.peak(track, MediaPlaylist.targetSeconds(track))
                + most(sounds.stream().mapToLong(sound -> Bitrate.peak(sound, MediaPlaylist.targetSeconds(sound))));
        long average = Bitrate.average(track) + most(sounds.stream().mapToLong(Bitrate::average));
        text.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(peak);
        text.append(",AVERAGE-BANDWIDTH=").append(average);
        text.append(",CODECS=\"").append(codecs(track, sounds)).append('"');
        if (track.isVideo()) {
            text.append(",RESOLUTION=").append(track.width()).append('x').append(track.height());
            text.append(frameRate(track));
        }
        if (!sounds.isEmpty()) {
            text.append(",AUDIO=\"" + GROUP + "\"");
        }
        text.append('\n').append(track.name()).append(".m3u8\n");
    }

    private static long most(LongStream rates) {
        return rates.max().orElse(0);
    }

    private static String codecs(EncodedTrack track, List<EncodedTrack> sounds) {
        Set<String> codecs = new LinkedHashSet<>();
        Stream.concat(Stream.of(track), sounds.stream())
                .flatMap(each -> Arrays.stream(each.codecs().split(",")))
                .map(String::strip)
                .forEach(codecs::add);
        return codecs.stream().collect(Collectors.joining(","));
    }

    private static String frameRate(EncodedTrack track) {
        long ticks = track.fragments().stream().mapToLong(Fragment::duration).sum();
        if (ticks == 0) {
            return "";
        }
        return String.format(Locale.ROOT, ",FRAME-RATE=%.3f", (double) track.samples() * track.timescale() / ticks);
    }

    /** Whether picture and sound lie in one track: several codecs can only be that. */
    private static boolean hasOwnSound(EncodedTrack picture) {
        return picture.codecs().contains(",");
    }

    private static List<EncodedTrack> inOrder(List<EncodedTrack> pictures) {
        Comparator<EncodedTrack> bySize =
                Comparator.comparingLong(picture -> (long) picture.width() * picture.height());
        List<EncodedTrack> order = new ArrayList<>(pictures);
        order.sort(bySize.reversed());
        EncodedTrack start = order.stream()
                .filter(picture -> Math.min(picture.width(), picture.height()) <= START_LINES)
                .findFirst()
                .orElse(order.get(order.size() - 1));
        order.remove(start);
        order.add(0, start);
        return order;
    }
}
