package org.millrace.api.status;

/**
 * What is happening to a video.
 *
 * @param stage in a few words, for its owner; never null
 * @param percent of all work that is done, 0 to 100; never falls while the same set is built
 * @param speed seconds of video made per second, over all workers; null while nothing is being encoded
 * @param etaSeconds until everything is done, estimated from the work ahead and the measured speed; null if there is
 *     no work or nobody to do it
 * @param queuePlace 1 for the video that is next; null once work on it has begun
 */
public record VideoStatus(String stage, double percent, Double speed, Long etaSeconds, Integer queuePlace) {}
