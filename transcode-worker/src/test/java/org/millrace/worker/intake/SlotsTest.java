package org.millrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.model.task.Lane;

class SlotsTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Test
    void each_core_has_a_slot_where_there_is_memory_for_it() {
        assertThat(DefaultSlots.slots(2, 23L << 30)).isEqualTo(2);
        assertThat(DefaultSlots.slots(8, 16L << 30)).isEqualTo(8);
        assertThat(DefaultSlots.slots(16, 8L << 30)).isEqualTo(4);
        assertThat(DefaultSlots.slots(4, 1L << 30)).isEqualTo(1);
    }

    @Test
    void bulk_attempts_share_the_cores_and_one_alone_has_them_all() throws Exception {
        Slots slots = slots(CORES);

        assertThat(slots.take(Lane.BULK, AT_ONCE)).isTrue();
        assertThat(slots.threads(Lane.BULK)).isEqualTo(CORES);
        for (int i = 1; i < CORES; i++) {
            assertThat(slots.take(Lane.BULK, AT_ONCE)).isTrue();
        }
        assertThat(slots.threads(Lane.BULK)).isEqualTo(1);
        assertThat(slots.take(Lane.BULK, AT_ONCE)).isFalse();
        slots.giveBack(Lane.BULK);
        assertThat(slots.take(Lane.BULK, AT_ONCE)).isTrue();
    }

    @Test
    void the_fast_lane_has_slots_of_its_own() throws Exception {
        Slots slots = slots(1);

        assertThat(slots.take(Lane.BULK, AT_ONCE)).isTrue();
        assertThat(slots.take(Lane.FAST, AT_ONCE)).isTrue();
        assertThat(slots.take(Lane.FAST, AT_ONCE)).isTrue();
        assertThat(slots.threads(Lane.FAST)).isEqualTo(CORES);
        assertThat(slots.take(Lane.FAST, AT_ONCE)).isFalse();
    }

    private static Slots slots(int bulk) {
        return new Slots(new SmallRyeConfigBuilder()
                .withMapping(IntakeConfig.class)
                .withDefaultValues(Map.of("millrace.worker.slots", Integer.toString(bulk)))
                .build()
                .getConfigMapping(IntakeConfig.class));
    }
}
