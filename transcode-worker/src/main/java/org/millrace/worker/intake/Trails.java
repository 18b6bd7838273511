package org.millrace.worker.intake;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.MDC;
import org.millrace.model.message.TaskOffer;
import org.millrace.worker.attempt.Attempt;

/** What attempts leave in logs and traces: every line and every span says whose it is. */
@ApplicationScoped
public class Trails {

    private static final String VIDEO = "video";
    private static final String TASK = "task";
    private static final String ATTEMPT = "attempt";

    private final Tracer tracer;

    @Inject
    Trails(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Begins the trail of an attempt that runs on this thread until it is closed; it follows from the thread's offer. */
    Attempt.Registration begin(Attempt attempt) {
        TaskOffer offer = attempt.offer();
        MDC.put(VIDEO, offer.video().value());
        MDC.put(TASK, offer.task().value());
        MDC.put(ATTEMPT, attempt.id().value());
        Span span = tracer.spanBuilder("attempt " + offer.work().kind())
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("millrace.video", offer.video().value())
                .setAttribute("millrace.task", offer.task().value())
                .setAttribute("millrace.attempt", attempt.id().value())
                .startSpan();
        Scope scope = span.makeCurrent();
        return () -> {
            scope.close();
            span.setAttribute("millrace.cpu.seconds", attempt.cpuSeconds()).end();
            MDC.remove(VIDEO);
            MDC.remove(TASK);
            MDC.remove(ATTEMPT);
        };
    }
}
