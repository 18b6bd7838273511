package org.millrace.api.problem;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/** The page that people see instead of a problem document. */
@ApplicationScoped
class ErrorPage {

    private static final Logger LOG = Logger.getLogger(ErrorPage.class);

    private final Engine engine;

    ErrorPage(Engine engine) {
        this.engine = engine;
    }

    String of(Problem problem) {
        String message = problem.errorId() == null
                ? problem.detail()
                : problem.detail() + " The server's log knows more under " + problem.errorId() + ".";
        Template template = engine.getTemplate("error");
        try {
            return template == null ? plain(problem, message) : render(template, problem, message);
        } catch (TemplateException e) {
            LOG.error("The page of a problem could not be made", e);
            return plain(problem, message);
        }
    }

    private static String render(Template template, Problem problem, String message) {
        String more = message.equals(problem.title() + ".") ? "" : message;
        return template.data("page", Map.of("title", problem.title(), "banner", "", "nav", ""))
                .data("status", problem.status())
                .data("title", problem.title())
                .data("message", more)
                .data("error", Map.of("status", problem.status(), "title", problem.title(), "message", more))
                .render();
    }

    /** Needs nothing that could fail in turn. */
    private static String plain(Problem problem, String message) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + escape(problem.title())
                + " · Millrace</title></head>\n<body><h1>" + escape(problem.title()) + "</h1><p>" + escape(message)
                + "</p><p><a href=\"/\">Go to the library</a></p></body>\n</html>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
