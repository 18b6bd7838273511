package org.millrace.model.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.model.media.ColorFacts;
import org.millrace.model.media.Rational;
import org.millrace.model.media.TrackIndex;
import org.millrace.model.media.VideoTrack;

class FrameRatesTest {

    @ParameterizedTest(name = "{4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "30/1, 30/1, 300, 10, plain 30, 30/1",
                "24000/1001, 24000/1001, 240, 10.01, film, 24000/1001",
                "120/1, 120/1, 1200, 10, double rate, 60/1",
                "120000/1001, 120000/1001, 1199, 10, double NTSC, 60000/1001",
                "1000/1, 1000/1, 40, 10, lying header, 5/1",
                "-, -, 250, 10, no header, 25/1",
                "29/1, 90000/1, 290, 10, phone with a varying rate, 29/1",
                "25/1, 25/1, 7, 28, still pictures, 25/1",
                "60/1, 60/1, 300, 10, every second slot is empty, 30/1",
                "30/1, 30/1, 270, 10, some slots are empty, 30/1",
                "27/1, 30/1, 270, 10, some slots are empty and the mean says so, 30/1",
                "1/4, 25/1, 7, 28, still pictures and the mean says so, 25/1",
                "25/1, 50/1, 250, 10, fields counted for frames, 25/1",
                "1/5, 1/5, 6, 30, slides, 1/1",
                "3/10, 3/10, 9, 30, slides that fit no second, 6/5",
                "1/3600, 1/3600, 5, 18000, a picture an hour, 1/1",
                "-, -, 1, 0, one picture, 30/1",
                "-, -, 10000, 10, nonsense, 60/1"
            })
    void the_counted_packets_decide(
            String average, String nominal, long packets, double seconds, String name, String chosen) {
        VideoTrack track = new VideoTrack(
                0,
                "h264",
                null,
                null,
                320,
                180,
                Rational.ONE,
                0,
                Rational.parseOrNull(average),
                Rational.parseOrNull(nominal),
                0,
                null,
                new ColorFacts(null, null, null, null),
                false,
                false,
                null,
                false,
                null);
        TrackIndex index = new TrackIndex(0, 0, seconds, packets, 1, 1, null, null, null, null, null);
        assertThat(FrameRates.choose(track, index)).hasToString(chosen);
    }
}
