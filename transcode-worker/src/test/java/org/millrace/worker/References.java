package org.millrace.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Files that point at other files or hosts, and files that are no media at all. */
public final class References {

    private References() {}

    /** What a reference may point at. */
    public record Targets(String address, int port, Path file) {}

    /** Texts that players follow, by name; none of them is a video. */
    public static Map<String, String> texts(Targets to) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("playlist.mp4", hls("file://" + to.file()));
        texts.put("relative.mkv", hls("canary.mp4"));
        texts.put("remote.m3u8", hls(to.address()));
        texts.put(
                "key.ts",
                "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"" + to.address() + "\"\n#EXTINF:1,\n" + to.file()
                        + "\n#EXT-X-ENDLIST\n");
        texts.put("part.m3u", hls("subfile,,start,0,end,100,,:" + to.file()));
        texts.put("piped.m3u8", hls("concat:" + to.file() + "|" + to.file()));
        texts.put("dash.webm", dash(to.address()));
        texts.put("dash-file.mpd", dash("file://" + to.file()));
        texts.put("script.avi", "ffconcat version 1.0\nfile '" + to.file() + "'\n");
        texts.put(
                "session.mov",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video " + to.port()
                        + " RTP/AVP 96\n");
        texts.put(
                "composition.mxf",
                "<?xml version=\"1.0\"?><CompositionPlaylist"
                        + " xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\"><Id>urn:uuid:0</Id></CompositionPlaylist>");
        texts.put("redirect.wmv", "[Reference]\nRef1=" + to.address() + "\n");
        texts.put("redirect.asx", "<ASX version=\"3.0\"><Entry><Ref href=\"" + to.address() + "\"/></Entry></ASX>");
        texts.put("smil.mp4", "<smil><body><video src=\"" + to.address() + "\"/></body></smil>");
        texts.put("pattern%03d.png", "nothing");
        texts.put(
                "drawing.svg",
                "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
                        + " width='64' height='64'><image xlink:href='" + to.address()
                        + "' width='64' height='64'/></svg>");
        texts.put("shell.mp4", "#!/bin/sh\ncurl " + to.address() + "\n");
        texts.put("page.webm", "<!doctype html><script src='" + to.address() + "'></script>");
        texts.put("metadata.mp4", ";FFMETADATA1\ntitle=x\n[STREAM]\n");
        texts.put("graph.mp4", "movie=" + to.file());
        texts.put("subtitles.mp4", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n");
        return texts;
    }

    /** Films that say that their pictures lie elsewhere, by name: they are films all the same. */
    public static Map<String, Function<HostileFiles, Path>> films(Targets to) {
        Path film = Clips.movie("referring.mp4", 1, 25, "-c:a", "aac");
        Map<String, Function<HostileFiles, Path>> films = new LinkedHashMap<>();
        films.put(
                "remote.mov",
                files -> files.referring("remote.mov", film, "url ", (to.address() + "\0").getBytes(UTF_8)));
        films.put(
                "local.mov",
                files -> files.referring("local.mov", film, "url ", ("file://" + to.file() + "\0").getBytes(UTF_8)));
        films.put("alias.mov", files -> files.referring("alias.mov", film, "alis", alias("canary.mp4")));
        films.put(
                "linked.mkv", files -> files.linked("linked.mkv", Clips.movie("referring.mkv", 1, 25, "-c:a", "aac")));
        return films;
    }

    private static String hls(String address) {
        return "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1.0,\n" + address
                + "\n#EXT-X-ENDLIST\n";
    }

    private static String dash(String address) {
        return "<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\""
                + " mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\""
                + " bandwidth=\"1\"><BaseURL>" + address
                + "</BaseURL></Representation></AdaptationSet></Period></MPD>\n";
    }

    /** A Macintosh alias record as QuickTime writes it. */
    private static byte[] alias(String fileName) {
        byte[] bytes = new byte[200];
        byte[] name = fileName.getBytes(UTF_8);
        bytes[5] = (byte) 200;
        bytes[7] = 2;
        bytes[50] = (byte) name.length;
        System.arraycopy(name, 0, bytes, 51, name.length);
        return bytes;
    }
}
