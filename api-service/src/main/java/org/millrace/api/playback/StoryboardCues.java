package org.millrace.api.playback;

import java.util.Locale;
import org.millrace.model.message.Result;

/** What is on a storyboard, as WebVTT: for each span of time the part of the sheet that shows it. */
final class StoryboardCues {

    private StoryboardCues() {}

    /**
     * The cues as text.
     *
     * @param uri of the sheet, relative to the cues
     * @param seconds length of the video; the last picture stands for what is left
     */
    static String of(Result.Storyboard board, String uri, double seconds) {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        for (int tile = 0; tile < board.tiles(); tile++) {
            double from = tile * board.intervalSeconds();
            double to = from + board.intervalSeconds();
            boolean last = tile == board.tiles() - 1;
            text.append('\n')
                    .append(clock(from))
                    .append(" --> ")
                    .append(clock(last ? Math.max(to, seconds) : to))
                    .append('\n')
                    .append(uri)
                    .append("#xywh=")
                    .append(tile % board.columns() * board.tileWidth())
                    .append(',')
                    .append(tile / board.columns() * board.tileHeight())
                    .append(',')
                    .append(board.tileWidth())
                    .append(',')
                    .append(board.tileHeight())
                    .append('\n');
        }
        return text.toString();
    }

    private static String clock(double seconds) {
        long millis = Math.round(seconds * 1000);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }
}
