package millrace.product;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import millrace.product.Playlist.Span;

/** Fetches what a player fetches; whatever a player could not use is an {@link IOException}. */
public final class Hls {

    private final Http http;

    /** A player of what a server offers. */
    public Hls(Http http) {
        this.http = http;
    }

    /**
     * The tracks of a multivariant playlist.
     *
     * @param variants addresses of the media playlists to choose one from, best first; never empty
     * @param audio addresses of the media playlists of sounds beside the picture
     */
    public record Tracks(List<URI> variants, List<URI> audio) {}

    /** The tracks that a multivariant playlist names, in their order. */
    public Tracks tracks(String path) throws IOException, InterruptedException {
        URI master = http.resolve(path);
        List<URI> variants = new ArrayList<>();
        List<URI> audio = new ArrayList<>();
        for (String line : Playlist.lines(master, http.text(master))) {
            if (line.startsWith("#EXT-X-MEDIA:") && line.contains("TYPE=AUDIO")) {
                Playlist.address(line).map(master::resolve).ifPresent(audio::add);
            } else if (!line.startsWith("#")) {
                variants.add(master.resolve(line));
            }
        }
        if (variants.isEmpty()) {
            throw new IOException(path + " names no variant");
        }
        return new Tracks(variants, audio);
    }

    /** The media playlist at an address. */
    public Playlist playlist(URI address) throws IOException, InterruptedException {
        return Playlist.read(address, http.text(address));
    }

    /**
     * Fetches every playlist and of each track the init section, the first and the last segment.
     *
     * @return the length in seconds of the longest variant
     */
    public double playAll(String path) throws IOException, InterruptedException {
        Tracks tracks = tracks(path);
        double longest = 0;
        for (URI variant : tracks.variants()) {
            longest = Math.max(longest, play(variant));
        }
        for (URI track : tracks.audio()) {
            play(track);
        }
        return longest;
    }

    /** Fetches what a player needs to show its first picture: one variant's first segment, and the first of the sound. */
    public void begin(String path) throws IOException, InterruptedException {
        Tracks tracks = tracks(path);
        if (!tracks.audio().isEmpty()) {
            beginTrack(tracks.audio().getFirst());
        }
        IOException none = null;
        for (URI variant : tracks.variants().reversed()) {
            try {
                beginTrack(variant);
                return;
            } catch (IOException e) {
                none = e;
            }
        }
        throw none;
    }

    private void beginTrack(URI track) throws IOException, InterruptedException {
        Playlist playlist = playlist(track);
        for (Span map : playlist.maps()) {
            fetch(map);
        }
        fetch(playlist.segments().getFirst());
    }

    private double play(URI address) throws IOException, InterruptedException {
        Playlist playlist = playlist(address);
        if (!playlist.ended()) {
            throw new IOException(address.getPath() + " has no end");
        }
        for (Span map : playlist.maps()) {
            fetch(map);
        }
        fetch(playlist.segments().getFirst());
        fetch(playlist.segments().getLast());
        return playlist.seconds();
    }

    private void fetch(Span span) throws IOException, InterruptedException {
        if (span.length() < 0) {
            http.whole(span.uri());
        } else {
            http.range(span.uri(), span.offset(), span.length());
        }
    }
}
