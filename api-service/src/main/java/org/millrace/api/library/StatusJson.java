package org.millrace.api.library;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is being done to a video right now.
 *
 * @param stage the step it is in, in words for people
 * @param percent how far all of the work is, 0 to 100
 * @param speed seconds of video done in a second; null if not known
 * @param etaSeconds seconds until everything is done; null if not known
 * @param queuePlace how many videos are done before this one begins, from 1; null if it has begun or none is waiting
 */
@Schema(name = "VideoStatus")
public record StatusJson(String stage, double percent, Double speed, Long etaSeconds, Integer queuePlace) {}
