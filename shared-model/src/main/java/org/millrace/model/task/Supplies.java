package org.millrace.model.task;

import java.util.List;
import org.millrace.model.media.Loudness;

/**
 * What the tasks that a task needs have made for it.
 *
 * @param tracks of all needed tasks
 * @param loudness of the sound, where it was measured; null otherwise
 */
public record Supplies(List<EncodedTrack> tracks, Loudness loudness) {

    /** Takes a copy of the list. */
    public Supplies {
        tracks = List.copyOf(tracks);
    }

    /** The pieces of one track in the order of time. */
    public List<EncodedTrack> of(String name) {
        return EncodedTrack.inOrder(
                tracks.stream().filter(track -> track.name().equals(name)).toList());
    }

    /** Where the pieces of a track end, in ticks of their time scale; 0 if there are none. */
    public long endOf(String name) {
        List<EncodedTrack> pieces = of(name);
        return pieces.isEmpty() ? 0 : pieces.getLast().endTicks();
    }
}
