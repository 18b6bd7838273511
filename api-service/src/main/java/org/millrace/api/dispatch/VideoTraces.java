package org.millrace.api.dispatch;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.smallrye.reactive.messaging.TracingMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.millrace.api.ledger.Milestone;
import org.millrace.model.id.VideoId;
import org.millrace.model.message.Outcome;
import org.millrace.model.message.TaskOffer;

/**
 * The trace of each video, from its upload through the broker to its publication. Its identifier is computed from the
 * video's, so every process finds it without being told, however long the video waits in the ledger; what follows from
 * a message is found through the message's headers.
 */
@ApplicationScoped
class VideoTraces {

    private static final String VIDEO = "millrace.video";
    private static final String TASK = "millrace.task";
    private static final String ATTEMPT = "millrace.attempt";
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private final Tracer tracer;
    private final boolean enabled;
    private final Clock clock;

    VideoTraces(Tracer tracer, TracingConfig config, Clock clock) {
        this.tracer = tracer;
        this.enabled = !config.disabled();
        this.clock = clock;
    }

    /** A step that is in progress on this thread until it is closed. */
    interface Step extends AutoCloseable {

        /** What a message that is sent now carries with it. */
        default TracingMetadata carried() {
            return TracingMetadata.withCurrent(Context.current());
        }

        @Override
        void close();
    }

    /** Publishing an offer. */
    Step offer(TaskOffer offer) {
        return begin(builder("offer " + offer.work().kind(), offer.video())
                .setAttribute(TASK, offer.task().value()));
    }

    /**
     * Taking an outcome into the ledger.
     *
     * @param carried what came with its message
     */
    Step outcome(Outcome outcome, Optional<TracingMetadata> carried) {
        Context parent = carried.map(TracingMetadata::getCurrentContext).orElse(Context.root());
        return begin(tracer.spanBuilder("take in " + outcome.getClass().getSimpleName())
                .setParent(parent)
                .setAttribute(TASK, outcome.task().value())
                .setAttribute(ATTEMPT, outcome.attempt().value()));
    }

    void on(@Observes Milestone milestone) {
        if (!enabled) {
            return;
        }
        switch (milestone) {
            case Milestone.Uploaded uploaded ->
                builder("uploaded", uploaded.video())
                        .addLink(Span.current().getSpanContext())
                        .setAttribute("millrace.bytes", uploaded.bytes())
                        .startSpan()
                        .end();
            case Milestone.Playable playable -> sinceUpload("until playable", playable.video(), playable.since());
            case Milestone.Ready ready -> sinceUpload("until ready", ready.video(), ready.since());
            case Milestone.Failed failed ->
                builder("given up", failed.video())
                        .startSpan()
                        .setStatus(StatusCode.ERROR, failed.code())
                        .end();
            case Milestone.AttemptEnded ended ->
                Span.current().setAttribute("millrace.result", ended.how().name());
        }
    }

    private void sinceUpload(String name, VideoId video, Duration since) {
        Instant now = clock.instant();
        builder(name, video)
                .addLink(Span.current().getSpanContext())
                .setStartTimestamp(now.minus(since))
                .startSpan()
                .end(now);
    }

    private SpanBuilder builder(String name, VideoId video) {
        return tracer.spanBuilder(name).setParent(of(video)).setAttribute(VIDEO, video.value());
    }

    private Step begin(SpanBuilder builder) {
        if (!enabled) {
            return () -> {};
        }
        Span span = builder.startSpan();
        Scope scope = span.makeCurrent();
        return () -> {
            scope.close();
            span.end();
        };
    }

    private static Context of(VideoId video) {
        byte[] hash = sha256(video.value());
        HexFormat hex = HexFormat.of();
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        hex.formatHex(hash, 0, TRACE_ID_BYTES),
                        hex.formatHex(hash, TRACE_ID_BYTES, TRACE_ID_BYTES + SPAN_ID_BYTES),
                        TraceFlags.getSampled(),
                        TraceState.getDefault())));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
