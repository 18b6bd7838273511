package org.millrace.api.playback;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;

/** The HLS playlist (RFC 8216) of one finished track: every fragment is a segment, fetched as a byte range. */
final class MediaPlaylist {

    private MediaPlaylist() {}

    /**
     * The playlist as text.
     *
     * @param uri of the track's bytes, relative to the playlist
     * @param targetSeconds target duration, alike for all tracks of a set
     */
    static String of(EncodedTrack track, String uri, int targetSeconds) {
        StringBuilder text = new StringBuilder(200 + 70 * track.fragments().size());
        text.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
                .append(targetSeconds)
                .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n")
                .append("#EXT-X-MAP:URI=\"")
                .append(uri)
                .append("\",BYTERANGE=\"")
                .append(track.initBytes())
                .append("@0\"\n");
        for (Fragment fragment : track.fragments()) {
            text.append("#EXTINF:");
            append(text, fragment.duration(), track.timescale());
            text.append(",\n#EXT-X-BYTERANGE:")
                    .append(fragment.size())
                    .append('@')
                    .append(fragment.offset())
                    .append('\n')
                    .append(uri)
                    .append('\n');
        }
        return text.append("#EXT-X-ENDLIST\n").toString();
    }

    /** The playlist of a text track, which is one segment as long as the video. */
    static String ofText(String uri, double seconds) {
        long target = Math.max(1, (long) Math.ceil(seconds));
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
                .append(target)
                .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:");
        append(text, Math.round(seconds * 1_000_000), 1_000_000);
        return text.append(",\n").append(uri).append("\n#EXT-X-ENDLIST\n").toString();
    }

    /**
     * The target duration that fits all tracks (RFC 8216 §6.2.4): their longest segment in whole seconds, rounded as
     * §4.3.3.1 compares it.
     */
    static int targetSeconds(Collection<EncodedTrack> tracks) {
        return tracks.stream()
                .flatMapToInt(track -> track.fragments().stream().mapToInt(fragment -> rounded(fragment, track)))
                .reduce(1, Math::max);
    }

    /** Adds a duration as a decimal number of seconds, with six places. */
    static void append(StringBuilder text, long ticks, int timescale) {
        long micros = (2_000_000 * ticks + timescale) / (2L * timescale);
        long fraction = micros % 1_000_000;
        text.append(micros / 1_000_000).append('.');
        for (long place = 100_000; place > fraction && place > 1; place /= 10) {
            text.append('0');
        }
        text.append(fraction);
    }

    private static int rounded(Fragment fragment, EncodedTrack track) {
        return BigDecimal.valueOf(fragment.duration())
                .divide(BigDecimal.valueOf(track.timescale()), 0, RoundingMode.HALF_UP)
                .intValue();
    }
}
