package org.millrace.api.library;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.millrace.model.ladder.Preset;

/**
 * A preset that somebody can choose.
 *
 * @param value what forms and programs call it
 * @param name what people call it
 * @param text what it means
 * @param chosen whether it is what is used unless somebody says otherwise
 */
public record PresetChoice(String value, String name, String text, boolean chosen) {

    static List<PresetChoice> all(Preset usual) {
        return Arrays.stream(Preset.values())
                .map(preset -> new PresetChoice(
                        preset.name().toLowerCase(Locale.ROOT), name(preset), text(preset), preset == usual))
                .toList();
    }

    static String name(Preset preset) {
        return switch (preset) {
            case BALANCED -> "Balanced";
            case SMALL -> "Small files";
            case FAST -> "Quickly done";
        };
    }

    private static String text(Preset preset) {
        return switch (preset) {
            case BALANCED -> "Good quality at a reasonable size.";
            case SMALL -> "About an eighth smaller at the same quality, but it takes almost twice as long.";
            case FAST -> "Done in two thirds of the time, but about a fifth larger.";
        };
    }
}
