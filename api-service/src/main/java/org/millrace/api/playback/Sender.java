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
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Problems;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;

/** Sends a representation as RFC 9110 wants it: conditions first, then the range, then the bytes. */
@ApplicationScoped
class Sender {

    /** Objects of a set never change; but they belong to whoever fetched them, not to a shared cache. */
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private static final String ASK_AGAIN = "private, no-cache";

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

    /** Answers a GET or HEAD request. */
    void send(RoutingContext request, MediaPath path, Content content, String title) {
        UnaryOperator<String> header = request.request()::getHeader;
        Preconditions conditions = new Preconditions(content.etag(), content.modified());
        switch (conditions.judge(header)) {
            case FAILED -> problems.answer(request, new ProblemException(ErrorCode.PRECONDITION_FAILED));
            case NOT_MODIFIED -> {
                describe(request.response(), path, content);
                request.response().setStatusCode(304).end();
            }
            case PROCEED -> {
                boolean head = request.request().method() == HttpMethod.HEAD;
                Optional<URI> elsewhere = head ? Optional.empty() : elsewhere(path, content);
                if (elsewhere.isPresent()) {
                    redirect(request.response(), elsewhere.get());
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
                describe(request.response(), path, content);
                if (path.name().equals(MediaPath.WHOLE) && request.queryParams().contains("download")) {
                    request.response().putHeader("Content-Disposition", DownloadName.disposition(title));
                }
                send(request, content, range, head);
            }
        }
    }

    private void send(RoutingContext request, Content content, ByteRange range, boolean head) {
        HttpServerResponse response = request.response();
        if (range.kind() == ByteRange.Kind.PART) {
            response.setStatusCode(206).putHeader("Content-Range", range.contentRange(content.size()));
        }
        response.putHeader("Content-Type", content.type());
        response.putHeader("Content-Length", Long.toString(range.length()));
        if (head || range.length() == 0) {
            response.end();
        } else {
            bytes.send(request, content.body(), range);
        }
    }

    private static void redirect(HttpServerResponse response, URI target) {
        response.setStatusCode(307)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Location", target.toString())
                .end();
    }

    private static void describe(HttpServerResponse response, MediaPath path, Content content) {
        response.putHeader("ETag", content.etag());
        response.putHeader("Accept-Ranges", "bytes");
        response.putHeader("Cache-Control", path.form() == MediaPath.Form.M3U8 ? ASK_AGAIN : FOR_EVER);
        if (content.modified() != null) {
            response.putHeader("Last-Modified", DateFormatter.format(Date.from(content.modified())));
        }
    }

    /** Where a track can be fetched without passing through here; the whole video and pictures always do. */
    private Optional<URI> elsewhere(MediaPath path, Content content) {
        boolean track = path.form() == MediaPath.Form.MP4 && !path.name().equals(MediaPath.WHOLE);
        if (!track || !config.redirectToStore() || !(content.body() instanceof Content.Body.Remote remote)) {
            return Optional.empty();
        }
        ObjectKey object = remote.object();
        return store.presignGet(object, Catalogue.MEMORY);
    }
}
