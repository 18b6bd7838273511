package org.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DeltaETest {

    @Test
    void equal_colours_do_not_differ() {
        assertThat(DeltaE.of(new double[] {0.3, 0.6, 0.9}, new double[] {0.3, 0.6, 0.9}))
                .isZero();
    }

    @Test
    void the_published_example_comes_out() {
        assertThat(DeltaE.between(new double[] {50, 2.6772, -79.7751}, new double[] {50, 0, -82.7485}))
                .isCloseTo(2.0425, within(1e-4));
        assertThat(DeltaE.between(new double[] {2.0776, 0.0795, -1.1350}, new double[] {0.9033, -0.0636, -0.5514}))
                .isCloseTo(0.9082, within(1e-4));
        assertThat(DeltaE.between(new double[] {50, 2.5, 0}, new double[] {50, 0, -2.5}))
                .isCloseTo(4.3065, within(1e-4));
    }
}
