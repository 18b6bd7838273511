package org.millrace.api.status;

import java.util.List;

/**
 * What is happening to a video.
 *
 * @param stage in a few words, for its owner; never null
 * @param percent of all work that is done, 0 to 100; never falls while the same set is built
 * @param speed seconds of video made per second, over all workers; null while nothing is being encoded
 * @param etaSeconds until everything is done, estimated from the work ahead and the measured speed; null if there is
 *     no work or nobody to do it
 * @param queuePlace 1 for the video that is next; null once work on it has begun
 * @param tracks how far each rendition and sound can be played while the video is being made, largest first; empty
 *     otherwise
 * @param forecastBytes what the set that is being made will need at most; null if nothing is being made or it is not known
 */
public record VideoStatus(
        String stage,
        double percent,
        Double speed,
        Long etaSeconds,
        Integer queuePlace,
        List<Track> tracks,
        Long forecastBytes) {

    /** Takes a copy of the list. */
    public VideoStatus {
        tracks = List.copyOf(tracks);
    }

    /**
     * How far one track can be played.
     *
     * @param name for example {@code 720p} or {@code audio-1}
     * @param height lines of the picture; 0 for sound
     * @param until seconds from the beginning
     */
    public record Track(String name, int height, double until) {}
}
