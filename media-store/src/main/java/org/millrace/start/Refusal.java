package org.millrace.start;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.millrace.model.setting.SettingException;

/** Finds what an operator can mend in what has kept a program from starting. */
final class Refusal {

    private Refusal() {}

    /** One line that names the setting to mend; empty if no setting is at fault. */
    static Optional<String> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Refusal::sentence)
                .flatMap(Optional::stream)
                .findFirst()
                .map(sentence -> sentence.replaceAll("\\s*\\R\\s*", " "));
    }

    private static Optional<String> sentence(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case SettingException told -> told.getMessage();
                    case QuarkusBindException taken ->
                        "Port " + taken.getPort() + " of " + taken.getHost() + " is in use by another program."
                                + " Setting: quarkus.http.port (MILLRACE_PORT; of a worker MILLRACE_WORKER_PORT)";
                    case ConfigValidationException wrong -> wrong(problems(wrong));
                    case ConfigurationException wrong -> wrong(wrong.getMessage());
                    default -> null;
                });
    }

    private static String wrong(String message) {
        return "A setting is wrong: " + message;
    }

    private static String problems(ConfigValidationException wrong) {
        return IntStream.range(0, wrong.getProblemCount())
                .mapToObj(i -> wrong.getProblem(i).getMessage())
                .collect(Collectors.joining("; "));
    }
}
