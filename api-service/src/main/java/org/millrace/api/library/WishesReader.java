package org.millrace.api.library;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.millrace.model.ladder.Preset;
import org.millrace.model.plan.PlanRequest.Wishes;

/** Reads what somebody wants of an encoding; what is not said is as the installation has it. */
@ApplicationScoped
public class WishesReader {

    private final WishesConfig config;

    WishesReader(WishesConfig config) {
        this.config = config;
    }

    /** The names a preset may be called by, for messages. */
    public static String presets() {
        return Arrays.stream(Preset.values())
                .map(preset -> preset.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /**
     * The wishes that words stand for.
     *
     * @param preset name of a preset in any case; null or blank for the installation's
     * @param normalise {@code true} or {@code false}; null or blank for the installation's
     * @return empty if a word is none of those
     */
    public Optional<Wishes> read(String preset, String normalise) {
        Optional<Preset> chosen = isBlank(preset)
                ? Optional.of(config.preset())
                : Arrays.stream(Preset.values())
                        .filter(known -> known.name().equalsIgnoreCase(preset.strip()))
                        .findFirst();
        Optional<Boolean> even = isBlank(normalise)
                ? Optional.of(config.normaliseSound())
                : switch (normalise.strip().toLowerCase(Locale.ROOT)) {
                    case "true", "on", "1" -> Optional.of(true);
                    case "false", "off", "0" -> Optional.of(false);
                    default -> Optional.empty();
                };
        return chosen.flatMap(known -> even.map(wanted -> new Wishes(known, wanted)));
    }

    private static boolean isBlank(String word) {
        return word == null || word.isBlank();
    }
}
