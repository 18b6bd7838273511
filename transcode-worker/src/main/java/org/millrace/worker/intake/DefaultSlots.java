package org.millrace.worker.intake;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The number of slots that suits the machine, as configuration, so that broker settings can refer to it too. One slot for
 * each core: encoders with one thread each, side by side, waste least. And for each slot 1.5 GB of memory, which a ladder from 1080p needs with its decoder, besides 1 GB for everything else.
 */
public final class DefaultSlots implements ConfigSource {

    static final String PROPERTY = "millrace.worker.slots";

    private static final long ELSE = 1L << 30;
    private static final long PER_SLOT = 3L << 29;

    private final Map<String, String> properties = Map.of(
            PROPERTY,
            Integer.toString(slots(
                    Runtime.getRuntime().availableProcessors(),
                    ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize())));

    /** Slots for so many cores and bytes of memory; at least one. */
    static int slots(int cores, long memory) {
        long byMemory = (memory - ELSE) / PER_SLOT;
        return (int) Math.max(1, Math.min(cores, byMemory));
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "slots by cores and memory";
    }

    /** Below every file and variable: it is a default. */
    @Override
    public int getOrdinal() {
        return 10;
    }
}
