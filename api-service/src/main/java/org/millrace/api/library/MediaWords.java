package org.millrace.api.library;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.millrace.model.media.VideoTrack;

/** Names of media formats as people know them. */
final class MediaWords {

    private static final Map<String, String> CONTAINERS = Map.ofEntries(
            Map.entry("mov,mp4,m4a,3gp,3g2,mj2", "MP4 or QuickTime"),
            Map.entry("matroska,webm", "Matroska or WebM"),
            Map.entry("mpegts", "MPEG transport stream"),
            Map.entry("mpeg", "MPEG programme stream"),
            Map.entry("avi", "AVI"),
            Map.entry("asf", "Windows Media"),
            Map.entry("flv", "Flash video"),
            Map.entry("mxf", "MXF"),
            Map.entry("ogg", "Ogg"),
            Map.entry("gif", "GIF"),
            Map.entry("rm", "RealMedia"),
            Map.entry("wav", "WAV"),
            Map.entry("mp3", "MP3"),
            Map.entry("flac", "FLAC"),
            Map.entry("aac", "AAC"),
            Map.entry("dv", "DV"));

    private static final Map<String, String> CODECS = Map.ofEntries(
            Map.entry("h264", "H.264"),
            Map.entry("hevc", "H.265 (HEVC)"),
            Map.entry("av1", "AV1"),
            Map.entry("vp9", "VP9"),
            Map.entry("vp8", "VP8"),
            Map.entry("mpeg1video", "MPEG-1"),
            Map.entry("mpeg2video", "MPEG-2"),
            Map.entry("mpeg4", "MPEG-4"),
            Map.entry("prores", "ProRes"),
            Map.entry("dnxhd", "DNxHD"),
            Map.entry("dvvideo", "DV"),
            Map.entry("mjpeg", "Motion JPEG"),
            Map.entry("theora", "Theora"),
            Map.entry("wmv3", "Windows Media Video 9"),
            Map.entry("vc1", "VC-1"),
            Map.entry("gif", "GIF"),
            Map.entry("aac", "AAC"),
            Map.entry("mp3", "MP3"),
            Map.entry("mp2", "MP2"),
            Map.entry("ac3", "Dolby Digital"),
            Map.entry("eac3", "Dolby Digital Plus"),
            Map.entry("truehd", "Dolby TrueHD"),
            Map.entry("dts", "DTS"),
            Map.entry("opus", "Opus"),
            Map.entry("vorbis", "Vorbis"),
            Map.entry("flac", "FLAC"),
            Map.entry("alac", "Apple Lossless"),
            Map.entry("subrip", "SubRip"),
            Map.entry("ass", "ASS"),
            Map.entry("ssa", "SSA"),
            Map.entry("mov_text", "MP4 text"),
            Map.entry("webvtt", "WebVTT"),
            Map.entry("hdmv_pgs_subtitle", "Blu-ray pictures"),
            Map.entry("dvd_subtitle", "DVD pictures"),
            Map.entry("dvb_subtitle", "DVB pictures"));

    private static final Pattern DEEP = Pattern.compile("[a-z]0?(9|10|12|14|16)(?:le|be)$");

    private MediaWords() {}

    /** A kind of file, of FFmpeg's demuxer name. */
    static String container(String demuxer) {
        return CONTAINERS.getOrDefault(demuxer, demuxer);
    }

    /** A codec, of FFmpeg's name. */
    static String codec(String name) {
        String known = name.startsWith("pcm_") ? "PCM" : CODECS.get(name);
        return known == null ? name.toUpperCase(Locale.ROOT).replace('_', ' ') : known;
    }

    /** How many channels: {@code stereo}, {@code 5.1}. */
    static String channels(int number) {
        return switch (number) {
            case 0 -> "";
            case 1 -> "mono";
            case 2 -> "stereo";
            case 6 -> "5.1";
            case 8 -> "7.1";
            default -> number + " channels";
        };
    }

    /** What the colours of a picture are like: {@code HDR10, 10 bit}. */
    static String colours(VideoTrack track) {
        String range = dynamicRange(track);
        int bits = bits(track);
        return (range == null ? "standard" : range) + (bits > 8 ? ", " + bits + " bit" : "");
    }

    /** The kind of high dynamic range; null if the picture has none. */
    static String dynamicRange(VideoTrack track) {
        if (track.dolbyVisionProfile() != null) {
            return "Dolby Vision " + track.dolbyVisionProfile();
        }
        return switch (String.valueOf(track.color().transfer())) {
            case "smpte2084" -> "HDR10";
            case "arib-std-b67" -> "HLG";
            default -> null;
        };
    }

    /** Bits of a colour component; 8 if unknown. */
    static int bits(VideoTrack track) {
        Matcher deep = DEEP.matcher(track.pixelFormat() == null ? "" : track.pixelFormat());
        return deep.find() ? Integer.parseInt(deep.group(1)) : 8;
    }

    /** How much colour detail is stored, if it is more than renditions keep; null otherwise. */
    static String detailOrNull(VideoTrack track) {
        String format = track.pixelFormat() == null ? "" : track.pixelFormat();
        if (format.contains("444") || format.startsWith("gbr") || format.startsWith("rgb")) {
            return "4:4:4";
        }
        return format.contains("422") ? "4:2:2" : null;
    }

    /** A frame rate: {@code 29.97}, {@code 25}. */
    static String rate(double framesPerSecond) {
        String text = String.format(Locale.ROOT, "%.2f", framesPerSecond);
        return text.replaceAll("\\.?0+$", "");
    }

    /** A bit rate in decimal units: {@code 4.2 Mbit/s}. */
    static String bitRate(long bitsPerSecond) {
        return bitsPerSecond < 999_500
                ? Math.round(bitsPerSecond / 1000.0) + " kbit/s"
                : String.format(Locale.ROOT, "%.1f Mbit/s", bitsPerSecond / 1e6);
    }
}
