package millrace.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.product.Hls;
import millrace.product.Http;
import millrace.product.Playlist.Span;

/** Fetches a span of a finished video as a browser does, also from a store that it is sent to. */
final class Playing {

    private final Wire wire;

    Playing(Wire wire) {
        this.wire = wire;
    }

    List<Finding> look() throws IOException, InterruptedException {
        Http http = new Http(wire.server());
        if (!(http.json("/api/v1/videos?size=1&state=READY").get("items") instanceof List<?> videos)
                || videos.isEmpty()
                || !(videos.getFirst() instanceof Map<?, ?> video)
                || !(video.get("media") instanceof Map<?, ?> media)
                || !(media.get("hls") instanceof String master)) {
            return List.of(Finding.note(
                    "playback", "not tried: no video is ready", "./millrace smoke " + wire.server() + " makes one"));
        }
        Hls hls = new Hls(http);
        Span span = hls.playlist(hls.tracks(master).variants().getFirst()).segments().getFirst();
        HttpResponse<byte[]> answer = range(span.uri(), span);
        if (answer.statusCode() / 100 != 3) {
            return List.of(ranges("playback", span, answer, "let the proxy pass the header Range on, and answers 206"));
        }
        URI store = span.uri().resolve(answer.headers().firstValue("Location").orElse(""));
        return fromStore(store, span);
    }

    private List<Finding> fromStore(URI store, Span span) throws IOException, InterruptedException {
        List<Finding> found = new ArrayList<>();
        HttpResponse<byte[]> answer;
        try {
            answer = range(store, span);
        } catch (IOException e) {
            found.add(Finding.wrong(
                    "store",
                    "players are sent to " + store.getAuthority() + ", which does not answer: " + e,
                    "set QUARKUS_S3_ENDPOINT_OVERRIDE to an address that browsers reach, or"
                            + " MILLRACE_PLAYBACK_REDIRECT_TO_STORE=false"));
            return found;
        }
        found.add(ranges(
                "ranges",
                span,
                answer,
                "the account of S3 needs s3:GetObject, and the clocks have to agree (links are good for 30 s)"));
        String allowed = answer.headers().firstValue("Access-Control-Allow-Origin").orElse("");
        found.add(
                allowed.equals("*") || allowed.equals(origin())
                        ? Finding.ok("cors", store.getAuthority() + " lets pages of " + origin() + " read")
                        : Finding.wrong(
                                "cors",
                                store.getAuthority() + " lets no page of " + origin() + " read",
                                "allow the bucket GET from " + origin() + " (s3api put-bucket-cors), or set"
                                        + " MILLRACE_PLAYBACK_REDIRECT_TO_STORE=false"));
        return found;
    }

    private static Finding ranges(String area, Span span, HttpResponse<byte[]> answer, String mend) {
        boolean exact = answer.statusCode() == 206 && answer.body().length == span.length();
        return exact
                ? Finding.ok(area, "a span of a video comes as exactly that")
                : Finding.wrong(
                        area,
                        "a span of " + span.length() + " bytes is answered with " + answer.statusCode() + " and "
                                + answer.body().length + " bytes",
                        mend);
    }

    private HttpResponse<byte[]> range(URI address, Span span) throws IOException, InterruptedException {
        return wire.send(
                "GET",
                address,
                BodyPublishers.noBody(),
                BodyHandlers.ofByteArray(),
                "Range",
                "bytes=" + span.offset() + "-" + (span.offset() + span.length() - 1),
                "Origin",
                origin());
    }

    private String origin() {
        return wire.server().getScheme() + "://" + wire.server().getAuthority();
    }
}
