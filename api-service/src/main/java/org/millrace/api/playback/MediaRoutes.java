package org.millrace.api.playback;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Problems;

/** Answers everything below {@code /media/}: finds out what is meant, whether it may be had, and sends it. */
@ApplicationScoped
class MediaRoutes {

    /**
     * What was asked for, and of what.
     *
     * @param offering of the video; null if there is no such video
     * @param content null if there is no such object
     */
    private record Found(Offering offering, Content content) {}

    private final Catalogue catalogue;
    private final Viewers viewers;
    private final Sender sender;
    private final Problems problems;

    MediaRoutes(Catalogue catalogue, Viewers viewers, Sender sender, Problems problems) {
        this.catalogue = catalogue;
        this.viewers = viewers;
        this.sender = sender;
        this.problems = problems;
    }

    void register(@Observes Router router) {
        router.route(MediaPath.ROOT + "*").handler(this::answer);
    }

    private void answer(RoutingContext request) {
        HttpMethod method = request.request().method();
        if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
            problems.answer(request, new ProblemException(ErrorCode.METHOD_NOT_ALLOWED).with("Allow", "GET, HEAD"));
            return;
        }
        Optional<MediaPath> path = MediaPath.parse(request.request().path());
        if (path.isEmpty()) {
            problems.answer(request, new ProblemException(ErrorCode.NOT_FOUND));
            return;
        }
        CompletableFuture<Found> found = find(path.get());
        if (found.isDone() && !found.isCompletedExceptionally()) {
            send(request, path.get(), found.join());
            return;
        }
        Context context = Vertx.currentContext();
        Future.fromCompletionStage(found, context)
                .onSuccess(result -> send(request, path.get(), result))
                .onFailure(failure -> problems.answer(request, failure));
    }

    private CompletableFuture<Found> find(MediaPath path) {
        return catalogue
                .offering(path.video())
                .thenCompose(offering -> content(offering, path)
                        .thenCompose(known -> known.content() != null || offering == null
                                ? CompletableFuture.completedFuture(known)
                                : catalogue.offeringNow(path.video()).thenCompose(now -> content(now, path))));
    }

    private CompletableFuture<Found> content(Offering offering, MediaPath path) {
        return offering == null
                ? CompletableFuture.completedFuture(new Found(null, null))
                : catalogue.content(offering, path).thenApply(content -> new Found(offering, content));
    }

    private void send(RoutingContext request, MediaPath path, Found found) {
        // Whoever may not watch is not told that there is something to watch.
        if (found.content() == null || !viewers.mayWatch(found.offering().owner())) {
            problems.answer(request, new ProblemException(ErrorCode.NOT_FOUND));
        } else {
            sender.send(request, path, found.content(), found.offering().title());
        }
    }
}
