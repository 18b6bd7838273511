package org.millrace.api.playback;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.millrace.model.id.VideoId;

/**
 * What a media URL asks for: {@code /media/<video>/<set>/<name>.<form>}. It is matched against the path exactly as it
 * was sent, so an encoded slash or dot is never more than a name that does not exist.
 *
 * @param video whose object
 * @param set of which set
 * @param name of the object
 * @param form of the object
 */
record MediaPath(VideoId video, int set, String name, Form form) {

    /** What a name ends with. */
    enum Form {
        /** A playlist. */
        M3U8,
        /** A track, or the whole video. */
        MP4,
        /** A picture. */
        JPG
    }

    /** Where all media URLs begin. */
    static final String ROOT = "/media/";

    /** The playlist that lists the others. */
    static final String MASTER = "master";

    /** The progressive MP4. */
    static final String WHOLE = "video";

    /** The picture that stands for the video. */
    static final String POSTER = "poster";

    private static final Pattern VALID =
            Pattern.compile(ROOT + "([a-z2-7]{26})/([1-9][0-9]{0,8})/([a-z0-9-]{1,64})\\.(m3u8|mp4|jpg)");

    /** Reads the path of a request; empty if nothing can have such a path. */
    static Optional<MediaPath> parse(String path) {
        Matcher match = VALID.matcher(path);
        if (!match.matches()) {
            return Optional.empty();
        }
        Form form =
                switch (match.group(4)) {
                    case "m3u8" -> Form.M3U8;
                    case "mp4" -> Form.MP4;
                    default -> Form.JPG;
                };
        VideoId video = new VideoId(match.group(1));
        return Optional.of(new MediaPath(video, Integer.parseInt(match.group(2)), match.group(3), form));
    }

    /** The URL of this object, relative to the server. */
    String url() {
        String extension =
                switch (form) {
                    case M3U8 -> ".m3u8";
                    case MP4 -> ".mp4";
                    case JPG -> ".jpg";
                };
        return ROOT + video + "/" + set + "/" + name + extension;
    }
}
