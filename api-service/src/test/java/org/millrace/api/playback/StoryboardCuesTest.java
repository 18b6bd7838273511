package org.millrace.api.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.message.Result;
import org.millrace.model.task.StoredFile;

class StoryboardCuesTest {

    private static final StoredFile SHEET = new StoredFile(new ObjectKey("sheet"), 1, "sha");

    @Test
    void every_span_of_time_has_its_place_on_the_sheet_and_the_last_lasts_to_the_end() {
        Result.Storyboard board = new Result.Storyboard(null, SHEET, 2, 3, 160, 90, 1800, null);

        assertThat(StoryboardCues.of(board, "storyboard.jpg", 5400.25)).isEqualTo("""
                        WEBVTT

                        00:00:00.000 --> 00:30:00.000
                        storyboard.jpg#xywh=0,0,160,90

                        00:30:00.000 --> 01:00:00.000
                        storyboard.jpg#xywh=160,0,160,90

                        01:00:00.000 --> 01:30:00.250
                        storyboard.jpg#xywh=0,90,160,90
                        """);
    }
}
