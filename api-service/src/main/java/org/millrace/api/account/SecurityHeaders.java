package org.millrace.api.account;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the headers that tell browsers to be strict on every answer, whatever it is and whoever makes it. */
@ApplicationScoped
class SecurityHeaders {

    /** The first of all filters, so that refusals of the others carry the headers too. */
    static final int PRIORITY = 100_000;

    private static final String PAGES = "default-src 'self'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; media-src 'self' blob:%1$s; worker-src 'self' blob:; "
            + "connect-src 'self'%1$s; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /** Uploaded material can be anything; opened by itself it must not be able to do anything. */
    static final String MEDIA = "default-src 'none'; sandbox";

    static final String PERMISSIONS =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), display-capture=()";

    private final String pages;

    SecurityHeaders(@All List<ForeignOrigin> foreign) {
        this.pages = pages(
                foreign.stream().flatMap(origin -> origin.origin().stream()).toList());
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, PRIORITY);
    }

    /**
     * What pages may do.
     *
     * @param origins other servers that they exchange bytes with
     */
    static String pages(List<String> origins) {
        return PAGES.formatted(
                origins.stream().distinct().map(origin -> " " + origin).collect(Collectors.joining()));
    }

    private void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        String path = context.request().path();
        headers.set("Content-Security-Policy", path != null && path.startsWith("/media/") ? MEDIA : pages);
        headers.set("X-Content-Type-Options", "nosniff");
        // Not no-referrer: with that, browsers send `Origin: null` with the forms of our own pages.
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", PERMISSIONS);
        context.next();
    }
}
