package org.millrace.model.media;

import java.util.List;
import java.util.Optional;

/**
 * What Analyse read from a source's header. Facts are taken from the content, never from the file name.
 *
 * @param container FFmpeg's demuxer name, for example {@code mov,mp4,m4a,3gp,3g2,mj2}; never null
 * @param sizeBytes length of the source
 * @param startSeconds the file's first time stamp: zero of the output's time line
 * @param durationSeconds as the header has it; null if unknown; may lie
 * @param video video tracks in file order
 * @param audio audio tracks in file order
 * @param otherTracks codec names of tracks that are neither picture, sound nor subtitles, for example {@code bin_data}
 * @param encrypted whether the content is protected by DRM or otherwise encrypted
 * @param whole whether the container's structure proves that the file was not cut off; a header that promises more
 *     than the packets of a whole file hold is wrong, not a sign of loss
 * @param subtitles subtitle tracks in file order; null is read as none
 */
public record MediaFacts(
        String container,
        long sizeBytes,
        double startSeconds,
        Double durationSeconds,
        List<VideoTrack> video,
        List<AudioTrack> audio,
        List<String> otherTracks,
        boolean encrypted,
        boolean whole,
        List<SubtitleTrack> subtitles) {

    /** Takes copies of the lists. */
    public MediaFacts {
        video = List.copyOf(video);
        audio = List.copyOf(audio);
        otherTracks = List.copyOf(otherTracks);
        subtitles = subtitles == null ? List.of() : List.copyOf(subtitles);
    }

    /** The same facts with another description of one video track. */
    public MediaFacts with(VideoTrack better) {
        List<VideoTrack> others = video.stream()
                .map(track -> track.index() == better.index() ? better : track)
                .toList();
        return new MediaFacts(
                container,
                sizeBytes,
                startSeconds,
                durationSeconds,
                others,
                audio,
                otherTracks,
                encrypted,
                whole,
                subtitles);
    }

    /** The track to show: the largest moving picture, the first of equals; empty if there is none. */
    public Optional<VideoTrack> mainVideo() {
        return video.stream()
                .filter(track -> !track.still() && track.width() > 0 && track.height() > 0)
                .reduce((best, next) -> area(next) > area(best) ? next : best);
    }

    /** The track to hear: the first that can be decoded; empty if there is none. */
    public Optional<AudioTrack> mainAudio() {
        return audio.stream().filter(AudioTrack::isDecodable).findFirst();
    }

    private static long area(VideoTrack track) {
        return (long) track.width() * track.height();
    }
}
