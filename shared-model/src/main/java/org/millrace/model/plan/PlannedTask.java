package org.millrace.model.plan;

import java.util.List;
import org.millrace.model.task.Lane;
import org.millrace.model.task.Task;
import org.millrace.model.task.Urgency;

/**
 * A node of a plan.
 *
 * @param name unique within a plan, for example {@code chunk-0}
 * @param needs names of the tasks whose results this one is given, in that order
 * @param lane which queue it waits in
 * @param urgency what it waits behind
 * @param weight expected work in CPU seconds; progress and forecasts are weighted with it; > 0
 * @param task what to do
 */
public record PlannedTask(String name, List<String> needs, Lane lane, Urgency urgency, double weight, Task task) {

    /** Takes a copy of the list. */
    public PlannedTask {
        needs = List.copyOf(needs);
        if (!(weight > 0)) {
            throw new IllegalArgumentException("A task has weight: " + name);
        }
    }

    /** Room that its result may take at most, in bytes, as far as the plan can tell. */
    public long bytes() {
        return switch (task) {
            case Task.EncodeChunk chunk -> {
                double seconds = chunk.grid().secondsAt(chunk.span().frames());
                yield chunk.rungs().stream()
                        .mapToLong(rung -> rung.mostBytes(seconds))
                        .sum();
            }
            case Task.EncodeAudio audio -> (long) (audio.seconds() * audio.bitrateKbit() * 140);
            default -> 0;
        };
    }

    /** Whether a video can do without its result: pictures, subtitles and the progressive MP4. */
    public boolean isOptional() {
        return switch (task) {
            case Task.Preview preview -> true;
            case Task.Cover cover -> true;
            case Task.Storyboard storyboard -> true;
            case Task.ExtractSubtitles subtitles -> true;
            case Task.Download download -> true;
            case Task.Audit audit -> true;
            case Task.MeasureLoudness loudness -> true;
            case Task.Analyse analyse -> false;
            case Task.EncodeChunk chunk -> false;
            case Task.EncodeAudio audio -> false;
            case Task.Remux remux -> false;
            case Task.Assemble assemble -> false;
        };
    }
}
