package org.millrace.standalone.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Faults that are done to one installation, one after the other, and what is known of them afterwards. */
final class Campaign {

    private final Installation installation;
    private final Random dice;
    private final Consumer<String> say;
    private final Map<FaultKind, Integer> intended = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Integer> happened = new EnumMap<>(FaultKind.class);
    private final Set<String> interrupted = ConcurrentHashMap.newKeySet();
    private final List<String> failures = new ArrayList<>();

    /**
     * A campaign against an installation.
     *
     * @param say is told what is done, a line each
     */
    Campaign(Installation installation, Random dice, Consumer<String> say) {
        this.installation = installation;
        this.dice = dice;
        this.say = say;
    }

    /** Against what. */
    Installation installation() {
        return installation;
    }

    /** Does one fault. */
    void strike(FaultKind kind) {
        intended.merge(kind, 1, Integer::sum);
        Instant begun = Instant.now();
        try {
            kind.fault().strike(this, dice);
            happened.merge(kind, 1, Integer::sum);
            say.accept("%s (%d s)"
                    .formatted(
                            kind.words(), Duration.between(begun, Instant.now()).toSeconds()));
        } catch (Exception | AssertionError e) {
            failures.add(kind.words() + ": " + e);
            say.accept(kind.words() + " FAILED: " + e);
        }
    }

    /** Does one kind of fault many times, with pauses of up to this long between them. */
    void repeat(FaultKind kind, int times, Duration longestPause) {
        for (int i = 0; i < times; i++) {
            Hold.on(Duration.ofMillis(dice.nextLong(1 + longestPause.toMillis())));
            strike(kind);
        }
    }

    /** Does every kind that fits, in an order that chance decides, again and again until this much time has passed. */
    void mix(Duration time, Duration longestPause) {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            List<FaultKind> round = new ArrayList<>(FaultKind.fitting(installation));
            Collections.shuffle(round, dice);
            for (FaultKind kind : round) {
                if (Instant.now().isBefore(end)) {
                    repeat(kind, 1, longestPause);
                }
            }
        }
    }

    /** Notes attempts whose worker is about to be killed. */
    void interrupts(List<String> attempts) {
        interrupted.addAll(attempts);
    }

    /** Attempts that lost their worker. */
    Set<String> interrupted() {
        return interrupted;
    }

    /** How often each fault was meant to happen. */
    Map<FaultKind, Integer> intended() {
        return intended;
    }

    /** How often it was seen to. */
    int happened(FaultKind kind) {
        return happened.getOrDefault(kind, 0);
    }

    /** What could not be made to happen, or was not put right by the installation. */
    List<String> failures() {
        return failures;
    }
}
