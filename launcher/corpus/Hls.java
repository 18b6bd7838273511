import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches what a player fetches: the multivariant playlist, every media playlist, first and last segments. */
final class Hls {

    private static final Pattern URI_ATTRIBUTE = Pattern.compile("URI=\"([^\"]+)\"");
    private static final Pattern MAP_RANGE = Pattern.compile("BYTERANGE=\"(\\d+)@(\\d+)\"");

    private final Http http;

    Hls(Http http) {
        this.http = http;
    }

    /** The length in seconds of the longest video playlist, after everything named could be fetched. */
    double playAll(String path) throws IOException, InterruptedException {
        URI master = http.resolve(path);
        List<String> variants = new ArrayList<>();
        List<String> audio = new ArrayList<>();
        for (String line : lines(master)) {
            if (line.startsWith("#EXT-X-MEDIA:")) {
                attribute(line).ifPresent(audio::add);
            } else if (!line.startsWith("#")) {
                variants.add(line);
            }
        }
        if (variants.isEmpty()) {
            throw new IOException(path + " names no variant");
        }
        double longest = 0;
        for (String variant : variants) {
            longest = Math.max(longest, play(master.resolve(variant)));
        }
        for (String track : audio) {
            play(master.resolve(track));
        }
        return longest;
    }

    private double play(URI playlist) throws IOException, InterruptedException {
        double seconds = 0;
        boolean ended = false;
        List<Span> segments = new ArrayList<>();
        long length = -1;
        long offset = 0;
        for (String line : lines(playlist)) {
            if (line.startsWith("#EXT-X-MAP:")) {
                fetchMap(playlist, line);
            } else if (line.startsWith("#EXTINF:")) {
                seconds += Double.parseDouble(line.substring("#EXTINF:".length()).split(",", 2)[0]);
            } else if (line.startsWith("#EXT-X-BYTERANGE:")) {
                String[] range = line.substring("#EXT-X-BYTERANGE:".length()).split("@", 2);
                // Without an offset a range begins where the one before it ended.
                offset = range.length == 2 ? Long.parseLong(range[1]) : offset + Math.max(length, 0);
                length = Long.parseLong(range[0]);
            } else if (line.equals("#EXT-X-ENDLIST")) {
                ended = true;
            } else if (!line.startsWith("#")) {
                segments.add(new Span(playlist.resolve(line), offset, length));
            }
        }
        if (!ended) {
            throw new IOException(playlist.getPath() + " has no end");
        }
        if (segments.isEmpty()) {
            throw new IOException(playlist.getPath() + " lists no segment");
        }
        fetch(segments.getFirst());
        fetch(segments.getLast());
        return seconds;
    }

    private void fetchMap(URI playlist, String line) throws IOException, InterruptedException {
        URI uri = playlist.resolve(
                attribute(line).orElseThrow(() -> new IOException(playlist.getPath() + " has an EXT-X-MAP without URI")));
        Matcher range = MAP_RANGE.matcher(line);
        fetch(
                range.find()
                        ? new Span(uri, Long.parseLong(range.group(2)), Long.parseLong(range.group(1)))
                        : new Span(uri, 0, -1));
    }

    private void fetch(Span span) throws IOException, InterruptedException {
        if (span.length() < 0) {
            http.whole(span.uri());
        } else {
            http.range(span.uri(), span.offset(), span.length());
        }
    }

    private List<String> lines(URI uri) throws IOException, InterruptedException {
        List<String> lines =
                http.text(uri).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty() || !lines.getFirst().equals("#EXTM3U")) {
            throw new IOException(uri.getPath() + " is no playlist");
        }
        return lines;
    }

    private static Optional<String> attribute(String line) {
        Matcher matcher = URI_ATTRIBUTE.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Bytes of an object; a length of -1 is the whole of it. */
    private record Span(URI uri, long offset, long length) {}
}
