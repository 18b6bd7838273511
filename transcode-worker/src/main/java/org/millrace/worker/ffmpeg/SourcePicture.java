package org.millrace.worker.ffmpeg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The video stream of a source, as far as encoding must know it. Rotation is not part of it: ffmpeg turns pictures by
 * itself, so sizes given beside this record are those of the turned picture.
 *
 * @param stream number of the stream in the file
 * @param start timestamp in the file that becomes zero: the file's own start time
 * @param interlaced whether frames are woven from two fields
 * @param colour what its colours mean
 * @param fullRange whether luma uses 0 to 255 instead of 16 to 235
 */
public record SourcePicture(int stream, Duration start, boolean interlaced, SourceColour colour, boolean fullRange) {

    /** Checks the stream number. */
    public SourcePicture {
        if (stream < 0) {
            throw new IllegalArgumentException("Not a stream number: " + stream);
        }
    }

    /** The stream as inputs and maps name it. */
    String address() {
        return "0:" + stream;
    }

    /** Filters that every use of the picture begins with. */
    List<Filter> cleaned() {
        List<Filter> filters = new ArrayList<>();
        filters.add(Filter.startingAt("setpts", start));
        if (interlaced) {
            filters.add(Filter.of("bwdif", "mode", "send_frame"));
        }
        return filters;
    }
}
