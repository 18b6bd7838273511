package org.millrace.api.playback;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.millrace.model.id.VideoId;

/**
 * What a media URL asks for: {@code /media/<video>/<set>/<name>.<form>} for finished things,
 * {@code /media/<video>/<set>/live/<name>.m3u8} for playlists that grow, {@code /media/<video>/<set>/<track>/<n>.m4s} for a
 * segment. It is matched against the path exactly as it was sent, so an encoded slash or dot is never more than a name
 * that does not exist.
 *
 * @param video whose object
 * @param set of which set
 * @param folder {@link #LIVE}, the name of a track, or null
 * @param name of the object
 * @param form of the object
 */
record MediaPath(VideoId video, int set, String folder, String name, Form form) {

    /** What a name ends with. */
    enum Form {
        /** A playlist. */
        M3U8,
        /** A track, the whole video, an initialisation section or a clip. */
        MP4,
        /** A segment. */
        M4S,
        /** Subtitles, or what is on a storyboard. */
        VTT,
        /** A picture. */
        JPG;

        /** The ending itself, without a dot. */
        String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where all media URLs begin. */
    static final String ROOT = "/media/";

    /** The folder of playlists that grow while a video is made. */
    static final String LIVE = "live";

    /** The playlist that lists the others. */
    static final String MASTER = "master";

    /** The growing playlist that lists also what has no segment yet. */
    static final String ALL = "all";

    /** The initialisation section of a track. */
    static final String INIT = "init";

    /** The progressive MP4. */
    static final String WHOLE = "video";

    /** The picture that stands for the video. */
    static final String POSTER = "poster";

    /** The small pictures for the time line. */
    static final String STORYBOARD = "storyboard";

    /** The short moving preview. */
    static final String CLIP = "clip";

    private static final String FORMS = Arrays.stream(Form.values())
            .map(Form::extension)
            .reduce((one, other) -> one + "|" + other)
            .orElseThrow();

    private static final Pattern VALID = Pattern.compile(
            ROOT + "([a-z2-7]{26})/([1-9][0-9]{0,8})/(?:([a-z0-9-]{1,64})/)?([a-z0-9-]{1,64})\\.(" + FORMS + ")");

    /** An object outside any folder. */
    MediaPath(VideoId video, int set, String name, Form form) {
        this(video, set, null, name, form);
    }

    /** Reads the path of a request; empty if nothing can have such a path. */
    static Optional<MediaPath> parse(String path) {
        Matcher match = VALID.matcher(path);
        return match.matches()
                ? Optional.of(new MediaPath(
                        new VideoId(match.group(1)),
                        Integer.parseInt(match.group(2)),
                        match.group(3),
                        match.group(4),
                        Form.valueOf(match.group(5).toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    /** Whether it lies in the folder of growing playlists. */
    boolean isLive() {
        return LIVE.equals(folder);
    }

    /** Whether it is the initialisation section of the track that the folder names. */
    boolean isInit() {
        return folder != null && !isLive() && name.equals(INIT) && form == Form.MP4;
    }

    /** Which segment it is of the track that the folder names, from 0; null if it is none. */
    Integer segmentOrNull() {
        boolean segment = folder != null && !isLive() && form == Form.M4S && name.matches("0|[1-9][0-9]{0,7}");
        return segment ? Integer.valueOf(name) : null;
    }

    /** The URL of this object, relative to the server. */
    String url() {
        return ROOT + video + "/" + set + "/" + (folder == null ? "" : folder + "/") + name + "." + form.extension();
    }
}
