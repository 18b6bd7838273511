package org.millrace.model.media;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What a file's header says about one of its audio tracks.
 *
 * @param index stream index in the file, from 0
 * @param codec FFmpeg's codec name, for example {@code aac}; null if FFmpeg cannot decode the track
 * @param channels number of channels; 0 if unknown
 * @param sampleRate samples per second; 0 if unknown
 * @param language ISO 639-2 code; null if unknown
 * @param title the track's own name; null if it has none
 * @param startSeconds time stamp of the first sample; 0 if unknown
 * @param preferred whether the file marks it as the one to hear by default; null is read as false
 */
public record AudioTrack(
        int index,
        String codec,
        int channels,
        int sampleRate,
        String language,
        String title,
        double startSeconds,
        Boolean preferred) {

    /** Takes an absent {@code preferred} for false. */
    public AudioTrack {
        preferred = preferred != null && preferred;
    }

    /** Whether the header has enough for the track to be decoded at all. */
    @JsonIgnore
    public boolean isDecodable() {
        return codec != null && channels > 0 && sampleRate > 0;
    }
}
