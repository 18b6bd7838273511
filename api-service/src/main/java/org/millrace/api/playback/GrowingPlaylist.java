package org.millrace.api.playback;

import java.util.List;
import org.millrace.api.ledger.Growth;
import org.millrace.model.ladder.Grid;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.task.Fragment;

/**
 * The HLS playlist (RFC 8216) of a track that is being made. It is only ever added to, and its segments have addresses
 * that stay the same when their bytes move into the finished file.
 */
final class GrowingPlaylist {

    /** Without it players begin near the end of a list that has none. */
    static final String FROM_THE_START = "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES\n";

    /** Segments of a copied picture follow its source; plans copy no longer ones. */
    private static final int COPIED_SECONDS = 5;

    private static final int ENCODED_SECONDS = 2;

    private GrowingPlaylist() {}

    /** The playlist of a track as text; null if none of it is there yet. */
    static String textOrNull(Growth growth, String name) {
        Growth.Track track = growth.track(name);
        int left = growth.listed(name).fragments();
        if (track == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(300 + 40 * left);
        text.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:")
                .append(targetSeconds(growth))
                .append("\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-INDEPENDENT-SEGMENTS\n")
                .append(FROM_THE_START)
                .append("#EXT-X-MAP:URI=\"../")
                .append(name)
                .append("/init.mp4\"\n");
        int number = 0;
        for (EncodedTrack piece : track.pieces()) {
            for (Fragment fragment : piece.fragments()) {
                if (left-- <= 0) {
                    break;
                }
                text.append("#EXTINF:");
                MediaPlaylist.append(text, fragment.duration(), piece.timescale());
                text.append(",\n../").append(name).append('/').append(number++).append(".m4s\n");
            }
        }
        return growth.isOver(name) ? text.append("#EXT-X-ENDLIST\n").toString() : text.toString();
    }

    /** The target duration of all playlists of a set, known before there is any segment and never changed. */
    static int targetSeconds(Growth growth) {
        if (growth.outline().copied() != null) {
            return COPIED_SECONDS;
        }
        Grid grid = growth.outline().grid();
        int longest = grid == null
                ? MediaPlaylist.targetSeconds(pieces(growth))
                : (int) Math.round(grid.secondsAt(grid.gopFrames()));
        return Math.max(ENCODED_SECONDS, longest);
    }

    private static List<EncodedTrack> pieces(Growth growth) {
        return growth.tracks().values().stream()
                .flatMap(track -> track.pieces().stream())
                .toList();
    }
}
