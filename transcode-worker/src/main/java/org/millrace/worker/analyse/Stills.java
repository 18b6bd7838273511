package org.millrace.worker.analyse;

import java.util.List;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;

/** Recognises pictures that do not move although their container takes them for video. */
final class Stills {

    private Stills() {}

    /**
     * The facts with video tracks of one single picture beside a sound taken for covers.
     *
     * @param packets all of the file
     */
    static MediaFacts recognised(MediaFacts facts, List<TrackIndex> packets) {
        if (facts.audio().stream().noneMatch(AudioTrack::isDecodable)) {
            return facts;
        }
        List<VideoTrack> video = facts.video().stream()
                .map(track -> isSingle(track, packets) ? asStill(track) : track)
                .toList();
        return new MediaFacts(
                facts.container(),
                facts.sizeBytes(),
                facts.startSeconds(),
                facts.durationSeconds(),
                video,
                facts.audio(),
                facts.otherTracks(),
                facts.encrypted(),
                facts.whole(),
                facts.subtitles());
    }

    private static boolean isSingle(VideoTrack track, List<TrackIndex> packets) {
        return packets.stream().anyMatch(counted -> counted.track() == track.index() && counted.packets() == 1);
    }

    private static VideoTrack asStill(VideoTrack track) {
        return new VideoTrack(
                track.index(),
                track.codec(),
                track.profile(),
                track.pixelFormat(),
                track.width(),
                track.height(),
                track.pixelAspect(),
                track.rotation(),
                track.averageRate(),
                track.nominalRate(),
                track.startSeconds(),
                track.durationSeconds(),
                track.color(),
                track.interlaced(),
                true,
                track.level(),
                track.mirrored(),
                track.dolbyVisionProfile());
    }
}
