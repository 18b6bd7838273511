package org.millrace.api.playback;

import io.netty.handler.codec.DateFormatter;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Date;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Problems;
import org.millrace.store.MediaStore;

/** Sends a representation as RFC 9110 wants it: conditions first, then the range, then the bytes. */
@ApplicationScoped
class Sender {

    /** Objects of a set never change; but they belong to whoever fetched them, not to a shared cache. */
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private static final String ASK_AGAIN = "private, no-cache";

    /** Accepted unless its weight is 0 (RFC 9110 §12.5.3). */
    private static final Pattern GZIP = Pattern.compile("(?i)\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private final MediaStore store;
    private final ByteSource bytes;
    private final PlaybackConfig config;
    private final Problems problems;

    Sender(MediaStore store, ByteSource bytes, PlaybackConfig config, Problems problems) {
        this.store = store;
        this.bytes = bytes;
        this.config = config;
        this.problems = problems;
    }

    /**
     * What is to be sent.
     *
     * @param path under which it was asked for
     * @param content its representation
     * @param title what people call the video
     * @param lasts whether it may be kept for ever
     * @param open whether everybody may have it
     */
    record Parcel(MediaPath path, Content content, String title, boolean lasts, boolean open) {}

    /**
     * Answers a GET or HEAD request.
     *
     * @param gone called, with nothing sent, if the object turns out to be no longer there
     */
    void send(RoutingContext request, Parcel parcel, Runnable gone) {
        UnaryOperator<String> header = request.request()::getHeader;
        Content compressed = isForCompression(header) ? parcel.content().gzipOrNull() : null;
        Content content = compressed == null ? parcel.content() : compressed;
        Preconditions conditions = new Preconditions(content.etag(), content.modified());
        switch (conditions.judge(header)) {
            case FAILED -> problems.answer(request, new ProblemException(ErrorCode.PRECONDITION_FAILED));
            case NOT_MODIFIED -> {
                describe(request.response(), parcel, content);
                request.response().setStatusCode(304).end();
            }
            case PROCEED -> {
                boolean head = request.request().method() == HttpMethod.HEAD;
                if (!head && isElsewhere(request.response(), parcel, content)) {
                    return;
                }
                // RFC 9110 §14.2: ranges are defined for GET alone.
                boolean ranged = !head && conditions.allowRange(header);
                ByteRange range =
                        ranged ? ByteRange.of(header.apply("Range"), content.size()) : ByteRange.whole(content.size());
                if (range.kind() == ByteRange.Kind.UNSATISFIABLE) {
                    problems.answer(
                            request,
                            new ProblemException(ErrorCode.RANGE_NOT_SATISFIABLE)
                                    .with("Content-Range", range.contentRange(content.size())));
                    return;
                }
                describe(request.response(), parcel, content);
                if (compressed != null) {
                    request.response().putHeader("Content-Encoding", "gzip");
                }
                if (isDownload(request, parcel.path())) {
                    String name = DownloadName.disposition(parcel.title());
                    request.response().putHeader("Content-Disposition", name);
                }
                send(request, content, range, head, gone);
            }
        }
    }

    private static boolean isDownload(RoutingContext request, MediaPath path) {
        return path.folder() == null
                && path.name().equals(MediaPath.WHOLE)
                && request.queryParams().contains("download");
    }

    /** A range is one of the plain text, for a client that goes on with what it has. */
    private static boolean isForCompression(UnaryOperator<String> header) {
        String accepted = header.apply("Accept-Encoding");
        return accepted != null && GZIP.matcher(accepted).find() && header.apply("Range") == null;
    }

    private void send(RoutingContext request, Content content, ByteRange range, boolean head, Runnable gone) {
        HttpServerResponse response = request.response();
        if (range.kind() == ByteRange.Kind.PART) {
            response.setStatusCode(206).putHeader("Content-Range", range.contentRange(content.size()));
        }
        response.putHeader("Content-Type", content.type());
        response.putHeader("Content-Length", Long.toString(range.length()));
        if (head || range.length() == 0) {
            response.end();
        } else {
            bytes.send(request, content.body(), range, gone);
        }
    }

    /** Sends whoever asks for a finished track to where it can be had without passing through here. */
    private boolean isElsewhere(HttpServerResponse response, Parcel parcel, Content content) {
        if (!isTrack(parcel.path()) || !(content.body() instanceof Content.Body.Remote remote)) {
            return false;
        }
        if (parcel.open() && config.cdnBaseUrl().isPresent()) {
            URI target = MediaOrigin.below(config.cdnBaseUrl().get(), remote.object());
            redirect(response, 302, target, "private, max-age=" + Catalogue.MEMORY.toSeconds());
            return true;
        }
        Optional<URI> signed =
                config.redirectToStore() ? store.presignGet(remote.object(), Catalogue.MEMORY) : Optional.empty();
        signed.ifPresent(target -> redirect(response, 307, target, "no-store"));
        return signed.isPresent();
    }

    private static boolean isTrack(MediaPath path) {
        return path.folder() == null
                && path.form() == MediaPath.Form.MP4
                && !path.name().equals(MediaPath.WHOLE)
                && !path.name().equals(MediaPath.CLIP);
    }

    private static void redirect(HttpServerResponse response, int status, URI target, String caching) {
        response.setStatusCode(status)
                .putHeader("Cache-Control", caching)
                .putHeader("Location", target.toString())
                .end();
    }

    private static void describe(HttpServerResponse response, Parcel parcel, Content content) {
        response.putHeader("ETag", content.etag());
        response.putHeader("Accept-Ranges", "bytes");
        response.putHeader("Cache-Control", parcel.lasts() ? FOR_EVER : ASK_AGAIN);
        if (content.body() instanceof Content.Body.Text) {
            response.putHeader("Vary", "Accept-Encoding");
        }
        if (content.modified() != null) {
            response.putHeader("Last-Modified", DateFormatter.format(Date.from(content.modified())));
        }
    }
}
