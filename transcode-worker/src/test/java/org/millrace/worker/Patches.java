package org.millrace.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture of patches of known colours, each {@value #SIDE} pixels wide and high, row by row.
 *
 * @param columns patches in a row
 * @param colours red, green and blue of each, 0 to 1, as the signal carries them
 */
public record Patches(int columns, List<double[]> colours) {

    /** Width and height of a patch, in pixels. */
    public static final int SIDE = 16;

    /** Greys, the corners of the cube and colours between, as many as a picture of 128×64 has room for. */
    public static Patches ordinary() {
        List<double[]> colours = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            colours.add(new double[] {i / 7.0, i / 7.0, i / 7.0});
        }
        for (int i = 0; i < 8; i++) {
            colours.add(new double[] {i & 1, i >> 1 & 1, i >> 2 & 1});
        }
        for (int i = 0; i < 16; i++) {
            colours.add(new double[] {0.2 + 0.15 * (i % 5), 0.25 + 0.15 * (i % 4), 0.3 + 0.2 * (i % 3)});
        }
        return new Patches(8, colours);
    }

    /** Pixels. */
    public int width() {
        return columns * SIDE;
    }

    /** Pixels. */
    public int height() {
        return (colours.size() + columns - 1) / columns * SIDE;
    }

    /** Column of the middle of a patch, in pixels. */
    public int x(int patch) {
        return patch % columns * SIDE + SIDE / 2;
    }

    /** Row of the middle of a patch, in pixels. */
    public int y(int patch) {
        return patch / columns * SIDE + SIDE / 2;
    }

    /** A frame of interleaved red, green and blue of 8 bits. */
    public byte[] rgb24() {
        ByteBuffer out = ByteBuffer.allocate(3 * width() * height());
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                for (double value : at(x, y)) {
                    out.put((byte) Math.round(255 * value));
                }
            }
        }
        return out.array();
    }

    /** A frame of planar 4:4:4 of 12 bits in 16, little-endian. */
    public byte[] yuv444p12(double kr, double kb, boolean fullRange) {
        int pixels = width() * height();
        ByteBuffer out = ByteBuffer.allocate(6 * pixels).order(ByteOrder.LITTLE_ENDIAN);
        for (int plane = 0; plane < 3; plane++) {
            for (int y = 0; y < height(); y++) {
                for (int x = 0; x < width(); x++) {
                    double[] rgb = at(x, y);
                    double luma = kr * rgb[0] + (1 - kr - kb) * rgb[1] + kb * rgb[2];
                    double chroma = plane == 1 ? (rgb[2] - luma) / (2 - 2 * kb) : (rgb[0] - luma) / (2 - 2 * kr);
                    double value = plane == 0
                            ? (fullRange ? 4095 * luma : 16 * (16 + 219 * luma))
                            : 2048 + chroma * (fullRange ? 4095 : 16 * 224);
                    out.putShort((short) Math.clamp(Math.round(value), 0, 4095));
                }
            }
        }
        return out.array();
    }

    /** Encodes so many equal frames with ffmpeg's arguments, made once for each name. */
    public static Path film(
            String name, Patches patches, byte[] frame, String pixelFormat, int frames, String... more) {
        try {
            Path raw = Files.createTempFile("patches", ".raw");
            try {
                ByteBuffer all = ByteBuffer.allocate(frame.length * frames);
                for (int i = 0; i < frames; i++) {
                    all.put(frame);
                }
                Files.write(raw, all.array());
                List<String> arguments = new ArrayList<>(List.of(
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        pixelFormat,
                        "-s",
                        patches.width() + "x" + patches.height(),
                        "-r",
                        "25",
                        "-i",
                        raw.toString()));
                arguments.addAll(List.of(more));
                return Clips.make(name, arguments);
            } finally {
                Files.delete(raw);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private double[] at(int x, int y) {
        int patch = y / SIDE * columns + x / SIDE;
        return patch < colours.size() ? colours.get(patch) : new double[3];
    }
}
