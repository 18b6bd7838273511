package org.millrace.model.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SeamTest {

    private static String picture(int value) {
        byte[] pixels = new byte[Seam.WIDTH * Seam.HEIGHT];
        pixels[17] = (byte) value;
        return Base64.getEncoder().encodeToString(pixels);
    }

    @Test
    void chunks_fit_if_one_begins_with_the_frame_the_other_would_have_made_next() {
        Seam before = new Seam(picture(1), picture(100));
        assertThat(before.fits(new Seam(picture(100), null))).isTrue();
        assertThat(before.fits(new Seam(picture(103), null))).isTrue();
        assertThat(before.fits(new Seam(picture(140), null))).isFalse();
    }

    @Test
    void what_is_not_known_is_not_held_against_anybody() {
        assertThat(new Seam(picture(1), null).fits(new Seam(picture(9), null))).isTrue();
        assertThat(new Seam(picture(1), picture(2)).fits(null)).isTrue();
    }
}
