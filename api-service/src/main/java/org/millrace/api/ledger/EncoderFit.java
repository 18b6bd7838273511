package org.millrace.api.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.model.task.EncodedTrack;
import org.millrace.model.wire.WireFormat;

/**
 * Whether a piece can be joined with the others of its track: the first one accepted fixes what an encoder decides once,
 * and pieces of an encoder that decides otherwise are not taken.
 */
final class EncoderFit {

    private EncoderFit() {}

    /** Whether pieces may be accepted; the first one of each track, and its encoder, are noted with the video. */
    @SuppressWarnings("unchecked")
    static boolean accepts(VideoRow video, List<EncodedTrack> pieces, String encoder) {
        Map<String, String> fixed = new TreeMap<>(WireFormat.read(video.inits, Map.class));
        for (EncodedTrack piece : pieces) {
            String init = fixed.putIfAbsent(piece.name(), piece.initSha256());
            if (init != null && !init.equals(piece.initSha256())) {
                return false;
            }
        }
        if (video.encoder == null && !pieces.isEmpty()) {
            video.encoder = encoder;
        }
        video.inits = WireFormat.write(fixed);
        return true;
    }
}
