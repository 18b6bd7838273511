package org.millrace.model.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.ladder.Preset;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.KeyFrame;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.Reach;
import org.millrace.model.media.SubtitleTrack;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;
import org.millrace.model.plan.PlanRequest;

/** A source that exists only on paper: facts and counted packets that fit together. Change what a test is about. */
public final class SampleSource {

    /** Where its bytes would be. */
    public static final ObjectKey KEY = new ObjectKey("v/sample/source/original");

    private final List<VideoTrack> video = new ArrayList<>();
    private final List<AudioTrack> audio = new ArrayList<>();
    private final List<SubtitleTrack> subtitles = new ArrayList<>();
    private final List<TrackIndex> packets = new ArrayList<>();
    private String container = "mov,mp4,m4a,3gp,3g2,mj2";
    private Double promised;
    private boolean whole = true;
    private boolean counted = true;
    private Rational rate;
    private PlanRequest.Wishes wishes = PlanRequest.Wishes.DEFAULT;
    private PlanRequest.Limits limits = PlanRequest.Limits.NONE;

    /** A source of HEVC, which no plan copies, with a key frame every two seconds. */
    public static SampleSource of(int width, int height, double seconds) {
        return new SampleSource().withPicture(picture(0, "hevc", width, height), seconds, 2);
    }

    /** A source that every browser plays as it is. */
    public static SampleSource compatible(int width, int height, double seconds) {
        return new SampleSource().withPicture(picture(0, "h264", width, height), seconds, 2);
    }

    /** A source without tracks. */
    public static SampleSource empty() {
        return new SampleSource();
    }

    /** A track of 30 frames per second. */
    public static VideoTrack picture(int index, String codec, int width, int height) {
        Rational thirty = new Rational(30, 1);
        return new VideoTrack(
                index,
                codec,
                codec.equals("h264") ? "High" : "Main",
                "yuv420p",
                width,
                height,
                Rational.ONE,
                0,
                thirty,
                thirty,
                0,
                null,
                new ColorFacts("bt709", "bt709", "bt709", "tv"),
                false,
                false,
                40,
                false,
                null);
    }

    /** A cover. */
    public static VideoTrack cover(int index) {
        VideoTrack track = picture(index, "mjpeg", 600, 600);
        return new VideoTrack(
                index,
                "mjpeg",
                null,
                "yuvj420p",
                track.width(),
                track.height(),
                Rational.ONE,
                0,
                null,
                null,
                0,
                null,
                track.color(),
                false,
                true,
                null,
                false,
                null);
    }

    /** Adds a picture and its packets: 30 a second, 1 Mbit/s, a key frame every so many seconds. */
    public SampleSource withPicture(VideoTrack track, double seconds, double keyEvery) {
        video.add(track);
        List<KeyFrame> keys = new ArrayList<>();
        for (int i = 0; i * keyEvery < seconds; i++) {
            keys.add(new KeyFrame(i * keyEvery, (long) (i * keyEvery * 1000)));
        }
        packets.add(new TrackIndex(
                track.index(),
                0,
                seconds,
                Math.round(seconds * 30),
                keys.size(),
                1 / 30.0,
                Math.round(seconds * 125_000),
                keyEvery,
                false,
                keys,
                reach(seconds)));
        promised = promised == null ? Double.valueOf(seconds) : promised;
        return this;
    }

    /** As keys have it: a second is 1,000 bytes. */
    private static Reach reach(double seconds) {
        return new Reach(
                0,
                1,
                IntStream.rangeClosed(1, (int) Math.ceil(seconds))
                        .mapToObj(second -> second * 1000L)
                        .toList());
    }

    /** Adds a sound track of 48 kHz stereo and its packets. */
    public SampleSource withSound(int index, String language, double seconds) {
        audio.add(new AudioTrack(index, "aac", 2, 48_000, language, null, 0, false));
        packets.add(new TrackIndex(index, 0, seconds, 100, 100, 0.02, 1000L, null, null, null, null));
        promised = promised == null ? Double.valueOf(seconds) : promised;
        return this;
    }

    /** Adds a track that has no packets or cannot be decoded. */
    public SampleSource withTrack(AudioTrack track) {
        audio.add(track);
        return this;
    }

    /** Adds a still picture or a picture without packets. */
    public SampleSource withTrack(VideoTrack track) {
        video.add(track);
        return this;
    }

    /** Adds subtitles. */
    public SampleSource withSubtitles(int index, String codec) {
        subtitles.add(new SubtitleTrack(index, codec, "eng", null, false, false));
        return this;
    }

    /** Replaces the counted packets of a track. */
    public SampleSource withPackets(TrackIndex index) {
        packets.removeIf(counted -> counted.track() == index.track());
        packets.add(index);
        return this;
    }

    /** In another container. */
    public SampleSource in(String demuxer) {
        container = demuxer;
        return this;
    }

    /** With a header that promises another duration. */
    public SampleSource promising(Double seconds) {
        promised = seconds;
        return this;
    }

    /** Cut off: the structure does not prove that the file is whole. */
    public SampleSource cut() {
        whole = false;
        return this;
    }

    /** With only the packets of the first seconds counted. */
    public SampleSource sampled(double seconds) {
        counted = false;
        packets.replaceAll(index -> new TrackIndex(
                index.track(),
                index.firstSeconds(),
                Math.min(seconds, index.endSeconds()),
                Math.round(index.packets() * Math.min(1, seconds / index.endSeconds())),
                Math.round(index.keyFrames() * Math.min(1, seconds / index.endSeconds())),
                index.longestGapSeconds(),
                index.bytes() == null ? null : (long) (index.bytes() * Math.min(1, seconds / index.endSeconds())),
                index.longestKeyGapSeconds(),
                index.openGops(),
                index.keys().stream().filter(key -> key.seconds() < seconds).toList(),
                index.reach() == null ? null : reach(Math.min(seconds, index.endSeconds()))));
        return this;
    }

    /** For tasks that were given a rate already. */
    public SampleSource at(Rational fixed) {
        rate = fixed;
        return this;
    }

    /** With another preset, and with or without normalised sound. */
    public SampleSource wishing(Preset preset, boolean normalise) {
        wishes = new PlanRequest.Wishes(preset, normalise);
        return this;
    }

    /** After attempts that have shown something to be impossible. */
    public SampleSource limited(boolean onePiece, boolean noCopy) {
        limits = new PlanRequest.Limits(onePiece, noCopy);
        return this;
    }

    /** What its header says. */
    public MediaFacts facts() {
        return new MediaFacts(container, 1_000_000, 0, promised, video, audio, List.of(), false, whole, subtitles);
    }

    /** Its counted packets. */
    public List<TrackIndex> packets() {
        return List.copyOf(packets);
    }

    /** The request for a plan of set 1. */
    public PlanRequest request() {
        return new PlanRequest(KEY, 1, facts(), packets, counted, rate, wishes, limits);
    }
}
