package org.millrace.worker.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures of a source after everything that the first stage of encoding does to them, before the encoder sees them.
 *
 * @param width pixels
 * @param height pixels
 * @param hd whether they are tagged with the matrix of BT.709, otherwise with that of BT.601
 * @param frames planar 8-bit 4:2:0
 */
public record Treated(int width, int height, boolean hd, List<byte[]> frames) {

    /** Treats the whole source. */
    public static Treated of(FfmpegKit kit, Path scratch, SourcePicture picture, Path source, int width, int height)
            throws IOException, InterruptedException {
        List<Filter> filters = new ArrayList<>(picture.deinterlaced());
        filters.addAll(picture.scaledTo(width, height));
        List<String> output = new Output()
                .map(picture.address())
                .with("-vf", FilterGraph.simple(filters), "-fps_mode", "passthrough", "-c:v", "rawvideo")
                .with("-f", "rawvideo")
                .toFile("frames.yuv");
        Input input = Input.of(InputName.SOURCE).asStored(picture.asStored()).steady(true);
        FfmpegCommand command = FfmpegCommand.ffmpeg(List.of(), List.of(input), kit.guard(), List.of(), List.of(output))
                .beside(picture.files());
        Workspace workspace = Workspace.ofSource(scratch, source);
        FfmpegResult result = kit.runner().run(command, workspace, FfmpegKit.ROOMY);
        if (!result.exitedCleanly()) {
            throw new IOException(result.toString());
        }
        byte[] all = Files.readAllBytes(workspace.output("frames.yuv"));
        int size = width * height + 2 * ((width + 1) / 2) * ((height + 1) / 2);
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at + size <= all.length; at += size) {
            frames.add(Arrays.copyOfRange(all, at, at + size));
        }
        return new Treated(width, height, picture.colour().tags().text().endsWith("colorspace=bt709"), frames);
    }

    /** Luma of a pixel. */
    public int luma(int frame, int x, int y) {
        return frames.get(frame)[y * width + x] & 0xff;
    }

    /**
     * A pixel as an ordinary screen is told to show it.
     *
     * @return red, green and blue, 0 to 1
     */
    public double[] rgb(int frame, int x, int y) {
        byte[] data = frames.get(frame);
        int chromaWidth = (width + 1) / 2;
        int plane = width * height;
        int at = plane + y / 2 * chromaWidth + x / 2;
        double luma = ((data[y * width + x] & 0xff) - 16) / 219.0;
        double blue = ((data[at] & 0xff) - 128) / 224.0;
        double red = ((data[at + chromaWidth * ((height + 1) / 2)] & 0xff) - 128) / 224.0;
        double kr = hd ? 0.2126 : 0.299;
        double kb = hd ? 0.0722 : 0.114;
        double r = luma + 2 * (1 - kr) * red;
        double b = luma + 2 * (1 - kb) * blue;
        return new double[] {clamp(r), clamp((luma - kr * r - kb * b) / (1 - kr - kb)), clamp(b)};
    }

    private static double clamp(double value) {
        return Math.clamp(value, 0, 1);
    }
}
