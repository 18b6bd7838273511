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
import java.util.function.Consumer;
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
        when(request, find(path.get()), found -> send(request, path.get(), found, () -> findAnew(request, path.get())));
    }

    /** Between a look at an object and its sending it may have been joined with others: its bytes lie elsewhere now. */
    private void findAnew(RoutingContext request, MediaPath path) {
        catalogue.forget(path.video());
        Runnable gone = () -> problems.answer(request, new ProblemException(ErrorCode.NOT_FOUND));
        when(request, find(path), found -> send(request, path, found, gone));
    }

    private void when(RoutingContext request, CompletableFuture<Found> found, Consumer<Found> then) {
        if (found.isDone() && !found.isCompletedExceptionally()) {
            then.accept(found.join());
            return;
        }
        Context context = Vertx.currentContext();
        Future.fromCompletionStage(found, context)
                .onSuccess(then::accept)
                .onFailure(failure -> problems.answer(request, failure));
    }

    private CompletableFuture<Found> find(MediaPath path) {
        return content(path).thenCompose(known -> {
            if (known.content() != null || known.offering() == null) {
                return CompletableFuture.completedFuture(known);
            }
            catalogue.forget(path.video());
            return content(path);
        });
    }

    private CompletableFuture<Found> content(MediaPath path) {
        return catalogue
                .offering(path.video())
                .thenCompose(offering -> offering == null
                        ? CompletableFuture.completedFuture(new Found(null, null))
                        : catalogue.content(offering, path).thenApply(content -> new Found(offering, content)));
    }

    private void send(RoutingContext request, MediaPath path, Found found, Runnable gone) {
        Offering offering = found.offering();
        // Whoever may not watch is not told that there is something to watch.
        if (found.content() == null || !viewers.mayWatch(offering.owner())) {
            problems.answer(request, new ProblemException(ErrorCode.NOT_FOUND));
        } else {
            boolean lasts = offering.lasts(path, request.request().getParam("v"));
            boolean open = viewers.mayEverybodyWatch(offering.owner());
            sender.send(request, new Sender.Parcel(path, found.content(), offering.title(), lasts, open), gone);
        }
    }
}
