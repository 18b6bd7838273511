package org.millrace.worker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class GrayPictureTest {

    private static final int WIDTH = 160;
    private static final int HEIGHT = 90;
    private static final GrayPicture SCENE = scene(1, 0);

    @Test
    void a_scene_is_worth_more_than_black_white_and_grey() {
        assertThat(SCENE.worth())
                .isGreaterThan(4 * picture((x, y) -> 0).worth())
                .isGreaterThan(4 * picture((x, y) -> 255).worth())
                .isGreaterThan(4 * picture((x, y) -> 128).worth())
                .isGreaterThan(0.3);
    }

    @Test
    void a_scene_is_worth_more_than_the_same_scene_in_the_dark_or_washed_out() {
        assertThat(SCENE.worth()).isGreaterThan(1.5 * scene(0.2, 0).worth());
        assertThat(SCENE.worth()).isGreaterThan(1.5 * scene(0.3, 175).worth());
    }

    @Test
    void a_scene_is_worth_more_than_the_middle_of_a_dissolve() {
        GrayPicture other = picture((x, y) -> level(WIDTH - x, HEIGHT - y));
        GrayPicture mixed = picture((x, y) -> (blurred(SCENE, x, y) + blurred(other, x, y)) / 2);

        assertThat(SCENE.worth()).isGreaterThan(1.2 * mixed.worth());
    }

    @Test
    void a_scene_is_worth_more_than_a_card_with_words() {
        GrayPicture card = picture((x, y) -> y > 35 && y < 55 && x / 3 % 2 == 0 && x > 40 && x < 120 ? 235 : 10);

        assertThat(SCENE.worth()).isGreaterThan(2 * card.worth());
    }

    @Test
    void a_scene_is_worth_more_than_noise_of_a_single_brightness() {
        Random random = new Random(3);
        GrayPicture noise = picture((x, y) -> 120 + random.nextInt(16));

        assertThat(SCENE.worth()).isGreaterThan(1.5 * noise.worth());
    }

    private static int level(int x, int y) {
        // Sky, a range of hills and a textured ground.
        double hill = 40 + 12 * Math.sin(x / 15.0) + 6 * Math.sin(x / 4.0);
        if (y < hill) {
            return 200 - y;
        }
        return (int) (70 + 50 * Math.sin(x / 2.0 + y / 3.0) * Math.cos(y / 2.0 - x / 9.0) + (y - hill) / 2);
    }

    private static GrayPicture scene(double strength, int lift) {
        return picture((x, y) -> (int) (lift + strength * level(x, y)));
    }

    private static int blurred(GrayPicture picture, int x, int y) {
        int sum = 0;
        int count = 0;
        for (int dy = -4; dy <= 4; dy++) {
            for (int dx = -4; dx <= 4; dx++) {
                int px = Math.clamp(x + dx, 0, WIDTH - 1);
                int py = Math.clamp(y + dy, 0, HEIGHT - 1);
                sum += picture.pixels()[py * WIDTH + px] & 0xff;
                count++;
            }
        }
        return sum / count;
    }

    private static GrayPicture picture(IntBinaryOperator level) {
        byte[] pixels = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                pixels[y * WIDTH + x] = (byte) Math.clamp(level.applyAsInt(x, y), 0, 255);
            }
        }
        return new GrayPicture(pixels, WIDTH, HEIGHT);
    }
}
