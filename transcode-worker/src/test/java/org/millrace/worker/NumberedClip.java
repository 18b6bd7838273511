package org.millrace.worker;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sources whose pictures carry their own number as bars, brightest bit first, and where a flash in the picture and a beep
 * in the sound begin together about once a second. What became of them can be read back from decoded pictures and samples.
 */
public final class NumberedClip {

    /** Columns. */
    public static final int WIDTH = 128;

    /** Rows. */
    public static final int HEIGHT = 72;

    private static final int BITS = 11;
    private static final int BAR = 8;
    private static final int FLASH_FROM = BITS * BAR + BAR;
    private static final int SAMPLE_RATE = 48_000;
    private static final double BEEP_SECONDS = 0.06;

    private NumberedClip() {}

    /**
     * A clip of so many frames; made once for each name.
     *
     * @param rate frames per second as ffmpeg takes it, for example {@code 30000/1001}
     * @param options how to encode and pack it
     */
    public static Path make(String name, String rate, int frames, String... options) {
        double perSecond = value(rate);
        Path pictures = Path.of("target", "clips", "numbers-" + frames + "-" + rate.replace('/', '_') + ".gray");
        Path sound = Path.of("target", "clips", "beeps-" + frames + "-" + rate.replace('/', '_') + ".raw");
        try {
            Files.createDirectories(pictures.getParent());
            if (!Files.exists(sound)) {
                writePictures(pictures, frames, perSecond);
                writeSound(sound, frames, perSecond);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "rawvideo",
                "-pix_fmt",
                "gray",
                "-video_size",
                WIDTH + "x" + HEIGHT,
                "-framerate",
                rate,
                "-i",
                pictures.toString(),
                "-f",
                "s16le",
                "-ar",
                Integer.toString(SAMPLE_RATE),
                "-ac",
                "1",
                "-i",
                sound.toString(),
                "-pix_fmt",
                "yuv420p"));
        arguments.addAll(List.of(options));
        return Clips.make(name, arguments);
    }

    /** The number on each decoded picture of a file, in order. */
    public static List<Integer> numbers(Path file) {
        byte[] pictures = decoded(file);
        List<Integer> numbers = new ArrayList<>();
        for (int at = 0; at + WIDTH * HEIGHT <= pictures.length; at += WIDTH * HEIGHT) {
            int number = 0;
            for (int bit = 0; bit < BITS; bit++) {
                number = number << 1 | (brightness(pictures, at, bit * BAR + 2, bit * BAR + BAR - 2) > 128 ? 1 : 0);
            }
            numbers.add(number);
        }
        return numbers;
    }

    /** When flashes begin, in seconds, by the times of the pictures. */
    public static List<Double> flashes(Path file) {
        byte[] pictures = decoded(file);
        List<String> times = Clips.pictureTimes(file);
        List<Double> flashes = new ArrayList<>();
        boolean before = false;
        for (int i = 0; i < times.size(); i++) {
            boolean bright = brightness(pictures, i * WIDTH * HEIGHT, FLASH_FROM + 2, WIDTH - 2) > 128;
            if (bright && !before) {
                flashes.add(Double.valueOf(times.get(i)));
            }
            before = bright;
        }
        return flashes;
    }

    /** When beeps begin, in seconds. */
    public static List<Double> beeps(Path file) {
        ByteBuffer samples = ByteBuffer.wrap(samples(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Double> beeps = new ArrayList<>();
        long silentSince = -SAMPLE_RATE;
        for (int i = 0; i < samples.limit() / 4; i++) {
            if (Math.abs(samples.getFloat(4 * i)) > 0.1) {
                if (i - silentSince > SAMPLE_RATE / 10) {
                    beeps.add(i / (double) SAMPLE_RATE);
                }
                silentSince = i;
            }
        }
        return beeps;
    }

    /** Samples that the first channel of the sound decodes to, as floating point numbers. */
    public static byte[] samples(Path file) {
        return Clips.output(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-map",
                "0:a:0",
                "-af",
                "aresample=48000:first_pts=0,pan=mono|c0=c0",
                "-f",
                "f32le",
                "-"));
    }

    private static byte[] decoded(Path file) {
        return Clips.output(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-map",
                "0:v:0",
                "-fps_mode",
                "passthrough",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "gray",
                "-"));
    }

    private static double brightness(byte[] pictures, int at, int from, int to) {
        long sum = 0;
        for (int row = HEIGHT / 4; row < HEIGHT * 3 / 4; row++) {
            for (int column = from; column < to; column++) {
                sum += pictures[at + row * WIDTH + column] & 0xff;
            }
        }
        return sum / (double) ((to - from) * (HEIGHT / 2));
    }

    private static void writePictures(Path file, int frames, double perSecond) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            byte[] row = new byte[WIDTH];
            for (int frame = 0; frame < frames; frame++) {
                for (int column = 0; column < WIDTH; column++) {
                    boolean bar = column < BITS * BAR && (frame >> (BITS - 1 - column / BAR) & 1) == 1;
                    boolean flash = column >= FLASH_FROM && isFlash(frame, perSecond);
                    row[column] = (byte) (bar || flash ? 220 : 30);
                }
                for (int line = 0; line < HEIGHT; line++) {
                    out.write(row);
                }
            }
        }
    }

    private static void writeSound(Path file, int frames, double perSecond) throws IOException {
        int count = (int) (frames / perSecond * SAMPLE_RATE);
        ByteBuffer samples = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double time = i / (double) SAMPLE_RATE;
            long second = Math.round(time);
            double since = Math.max(sinceBeep(time, second, perSecond), sinceBeep(time, second - 1, perSecond));
            boolean on = since >= 0 && since < BEEP_SECONDS;
            samples.putShort((short) (on ? 20_000 * Math.cos(2 * Math.PI * 1000 * since) : 0));
        }
        Files.write(file, samples.array());
    }

    /** Time since the beep about a second began; negative before it. */
    private static double sinceBeep(double time, long second, double perSecond) {
        double since = time - Math.round(second * perSecond) / perSecond;
        return second < 1 || since >= BEEP_SECONDS ? -1 : since;
    }

    /** The picture nearest to each second, and the one after it. */
    private static boolean isFlash(int frame, double perSecond) {
        long second = Math.round(frame / perSecond);
        long begins = Math.round(second * perSecond);
        return second > 0 && (frame == begins || frame == begins + 1);
    }

    private static double value(String rate) {
        String[] sides = rate.split("/");
        return Double.parseDouble(sides[0]) / (sides.length == 2 ? Double.parseDouble(sides[1]) : 1);
    }
}
