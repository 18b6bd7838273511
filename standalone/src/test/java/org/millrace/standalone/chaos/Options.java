package org.millrace.standalone.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code ./millrace chaos} was asked for.
 *
 * @param shapes which installations
 * @param scenarios what is done to them
 * @param time how long every fault is done again and again
 * @param size how much of a scenario that counts; empty for its usual size
 * @param seed of the dice
 * @param json where to write the verdicts; empty for nowhere
 */
record Options(
        List<Shape> shapes,
        List<Scenario> scenarios,
        Duration time,
        Optional<Integer> size,
        long seed,
        Optional<Path> json) {

    /** How it is called. */
    static final String USAGE = "./millrace chaos [--minutes N] [--shape standalone|services|replicas|all]"
            + " [--scenario NAME,...|all] [--size N] [--seed N] [--json FILE]";

    private static final String ALL = "all";
    private static final int USUAL_MINUTES = 10;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with a sentence about the one that is wrong
     */
    static Options of(List<String> arguments) {
        List<Shape> shapes = List.of(Shape.SERVICES);
        List<Scenario> scenarios = List.of(Scenario.MIXED);
        int minutes = USUAL_MINUTES;
        Optional<Integer> size = Optional.empty();
        long seed = System.nanoTime() & 0xFFFFFF;
        Optional<Path> json = Optional.empty();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value: " + USAGE);
            }
            String value = arguments.get(i + 1);
            switch (name) {
                case "--shape" -> shapes = named(value, Shape.values(), Shape::word);
                case "--scenario" -> scenarios = named(value, Scenario.values(), Scenario::word);
                case "--minutes" -> minutes = (int) number(name, value);
                case "--size" -> size = Optional.of((int) number(name, value));
                case "--seed" -> seed = number(name, value);
                case "--json" -> json = Optional.of(Path.of(value));
                default -> throw new IllegalArgumentException("chaos does not know \"" + name + "\": " + USAGE);
            }
        }
        return new Options(shapes, scenarios, Duration.ofMinutes(minutes), size, seed, json);
    }

    private static long number(String name, String value) {
        if (!value.matches("[0-9]{1,9}") || Long.parseLong(value) == 0) {
            throw new IllegalArgumentException(name + " needs a number above 0, not \"" + value + "\"");
        }
        return Long.parseLong(value);
    }

    private static <T> List<T> named(String value, T[] all, Function<T, String> word) {
        if (value.equals(ALL)) {
            return List.of(all);
        }
        List<T> found = new ArrayList<>();
        for (String each : value.split(",")) {
            found.add(Arrays.stream(all)
                    .filter(it -> word.apply(it).equals(each))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no \"" + each + "\": " + USAGE)));
        }
        return found;
    }
}
