package org.millrace.model.media;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A place at which decoding can begin. On the wire it is an array of its two numbers, because a long video has
 * thousands.
 *
 * @param seconds presentation time stamp in the file
 * @param position offset of the packet's first byte in the file; -1 if the container does not say
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"seconds", "position"})
public record KeyFrame(double seconds, long position) {}
