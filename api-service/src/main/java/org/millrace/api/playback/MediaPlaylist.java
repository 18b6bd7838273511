package org.millrace.api.playback;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;

/** The HLS playlist (RFC 8216) of one finished track: every fragment is a segment, fetched as a byte range. */
final class MediaPlaylist {

    private MediaPlaylist() {}

    /**
     * The playlist as text.
     *
     * @param uri of the track's bytes, relative to the playlist
     */
    static String of(EncodedTrack track, String uri) {
        StringBuilder text = new StringBuilder(200 + 70 * track.fragments().size());
        text.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
                .append(targetSeconds(track))
                .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n")
                .append("#EXT-X-MAP:URI=\"")
                .append(uri)
                .append("\",BYTERANGE=\"")
                .append(track.initBytes())
                .append("@0\"\n");
        for (Fragment fragment : track.fragments()) {
            text.append("#EXTINF:")
                    .append(seconds(fragment, track.timescale(), 6))
                    .append(",\n#EXT-X-BYTERANGE:")
                    .append(fragment.size())
                    .append('@')
                    .append(fragment.offset())
                    .append('\n')
                    .append(uri)
                    .append('\n');
        }
        return text.append("#EXT-X-ENDLIST\n").toString();
    }

    /** The longest segment in whole seconds, rounded as RFC 8216 §4.3.3.1 compares it. */
    static int targetSeconds(EncodedTrack track) {
        return track.fragments().stream()
                .mapToInt(fragment -> seconds(fragment, track.timescale(), 0).intValue())
                .reduce(1, Math::max);
    }

    private static BigDecimal seconds(Fragment fragment, int timescale, int decimals) {
        return BigDecimal.valueOf(fragment.duration())
                .divide(BigDecimal.valueOf(timescale), decimals, RoundingMode.HALF_UP);
    }
}
