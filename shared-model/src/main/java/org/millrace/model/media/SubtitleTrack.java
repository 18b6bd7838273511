package org.millrace.model.media;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Set;

/**
 * What a file's header says about one of its subtitle tracks.
 *
 * @param index stream index in the file, from 0
 * @param codec FFmpeg's codec name, for example {@code subrip} or {@code hdmv_pgs_subtitle}; never null
 * @param language ISO 639-2 code; null if unknown
 * @param title the track's own name; null if it has none
 * @param forced whether it is shown even to those who want no subtitles
 * @param preferred whether the file marks it as the one to show by default
 */
public record SubtitleTrack(int index, String codec, String language, String title, boolean forced, boolean preferred) {

    private static final Set<String> TEXT = Set.of(
            "subrip",
            "srt",
            "ass",
            "ssa",
            "webvtt",
            "mov_text",
            "text",
            "subviewer",
            "subviewer1",
            "microdvd",
            "sami",
            "realtext",
            "stl",
            "jacosub",
            "mpl2",
            "pjs",
            "vplayer",
            "ttml");

    /** Whether it is made of text; others are made of pictures, which no browser shows. */
    @JsonIgnore
    public boolean isText() {
        return TEXT.contains(codec);
    }
}
