package org.millrace.standalone.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.millrace.standalone.testbed.FaultProxy;

/** What is done to connections. */
final class LineFaults {

    private static final Duration REFUSED = Duration.ofSeconds(15);

    /** Longer than two heartbeats: both ends have to notice. */
    private static final Duration HALF_OPEN = Duration.ofSeconds(25);

    private static final Duration BAD_STORE = Duration.ofSeconds(12);
    private static final Duration SLOW = Duration.ofMillis(150);
    private static final Duration SEEN = Duration.ofSeconds(60);
    private static final Duration RECONNECTED = Duration.ofSeconds(90);
    private static final long CUT_AFTER = 40_000;
    private static final String UNAVAILABLE =
            "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private LineFaults() {}

    static void cutBroker(Campaign campaign, Random dice) {
        int cut = brokerLines(campaign).stream().mapToInt(FaultProxy::cut).sum();
        if (cut == 0) {
            throw new AssertionError("there was no connection to cut");
        }
        BrokerFaults.requireConsumers(campaign, RECONNECTED);
    }

    static void holdBroker(Campaign campaign, Random dice) {
        bad(brokerLines(campaign), FaultProxy::hold, FaultProxy::held, HALF_OPEN);
        BrokerFaults.requireConsumers(campaign, RECONNECTED);
    }

    static void refuseBroker(Campaign campaign, Random dice) {
        bad(
                brokerLines(campaign),
                line -> {
                    line.refuse();
                    line.cut();
                },
                FaultProxy::refusals,
                REFUSED);
        BrokerFaults.requireConsumers(campaign, RECONNECTED);
    }

    static void slowStore(Campaign campaign, Random dice) {
        bad(storeLine(campaign), line -> line.slowDown(SLOW), FaultProxy::held, BAD_STORE);
    }

    static void cutStore(Campaign campaign, Random dice) {
        bad(storeLine(campaign), line -> line.cutAfter(CUT_AFTER), FaultProxy::cuts, BAD_STORE);
    }

    static void failStore(Campaign campaign, Random dice) {
        bad(
                storeLine(campaign),
                line -> {
                    line.answerWith(UNAVAILABLE);
                    line.cut();
                },
                FaultProxy::refusals,
                BAD_STORE);
    }

    private static void bad(
            List<FaultProxy> lines, Consumer<FaultProxy> how, ToLongFunction<FaultProxy> seen, Duration time) {
        long before = lines.stream().mapToLong(seen).sum();
        try {
            lines.forEach(how);
            Hold.on(time);
            Hold.require(
                    "somebody has met the bad line",
                    SEEN,
                    () -> lines.stream().mapToLong(seen).sum() > before);
        } finally {
            lines.forEach(FaultProxy::heal);
        }
    }

    private static List<FaultProxy> brokerLines(Campaign campaign) {
        return List.of(
                campaign.installation().apiLine(), campaign.installation().workerLine());
    }

    private static List<FaultProxy> storeLine(Campaign campaign) {
        return List.of(campaign.installation().storeLine());
    }
}
