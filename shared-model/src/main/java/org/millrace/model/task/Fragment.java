package org.millrace.model.task;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One movie fragment ({@code moof} and its {@code mdat}, ISO/IEC 14496-12 §8.8) inside an object: what a player
 * fetches. On the wire it is an array of its four numbers, because a long video has thousands.
 *
 * @param offset of the {@code moof} in the object, in bytes
 * @param size of {@code moof} and {@code mdat} together, in bytes
 * @param duration in ticks of the track's time scale
 * @param samples number of frames or audio packets
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"offset", "size", "duration", "samples"})
public record Fragment(long offset, long size, long duration, int samples) {}
