package millrace.product;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A media playlist, read as a player reads it.
 *
 * @param maps the init sections in their order, none for formats that have none
 * @param segments what is played, in its order; never empty
 * @param seconds the length of all segments
 * @param ended whether no more segments will come
 */
public record Playlist(List<Span> maps, List<Span> segments, double seconds, boolean ended) {

    private static final Pattern URI_ATTRIBUTE = Pattern.compile("URI=\"([^\"]+)\"");
    private static final Pattern MAP_RANGE = Pattern.compile("BYTERANGE=\"(\\d+)@(\\d+)\"");

    /**
     * Bytes of an object.
     *
     * @param uri the object
     * @param offset the first byte
     * @param length how many; -1 is the whole object
     */
    public record Span(URI uri, long offset, long length) {}

    /** Reads the text of the playlist at an address; an {@link IOException} says what a player could not use. */
    static Playlist read(URI address, String text) throws IOException {
        List<Span> maps = new ArrayList<>();
        List<Span> segments = new ArrayList<>();
        double seconds = 0;
        boolean ended = false;
        long length = -1;
        long offset = 0;
        for (String line : lines(address, text)) {
            if (line.startsWith("#EXT-X-MAP:")) {
                maps.add(map(address, line));
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
                segments.add(new Span(address.resolve(line), offset, length));
            }
        }
        if (segments.isEmpty()) {
            throw new IOException(address.getPath() + " lists no segment");
        }
        return new Playlist(maps, segments, seconds, ended);
    }

    /** The lines of a playlist that say something. */
    static List<String> lines(URI address, String text) throws IOException {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty() || !lines.getFirst().equals("#EXTM3U")) {
            throw new IOException(address.getPath() + " is no playlist");
        }
        return lines;
    }

    /** The address that a tag names. */
    static Optional<String> address(String line) {
        Matcher matcher = URI_ATTRIBUTE.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Span map(URI playlist, String line) throws IOException {
        URI uri = playlist.resolve(
                address(line).orElseThrow(() -> new IOException(playlist.getPath() + " has an EXT-X-MAP without URI")));
        Matcher range = MAP_RANGE.matcher(line);
        return range.find()
                ? new Span(uri, Long.parseLong(range.group(2)), Long.parseLong(range.group(1)))
                : new Span(uri, 0, -1);
    }
}
