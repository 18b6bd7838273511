package org.millrace.model.plan;

import java.util.ArrayList;
import java.util.List;
import org.millrace.model.media.AudioTrack;
import org.millrace.model.media.MediaFacts;
import org.millrace.model.task.Remark;

/** What the owner should know about what a plan leaves out. */
final class Notes {

    private Notes() {}

    static List<Remark> of(PlanRequest request) {
        List<Remark> remarks = new ArrayList<>();
        MediaFacts facts = request.facts();
        long pictures = facts.video().stream().filter(track -> !track.still()).count();
        if (pictures > 1) {
            remarks.add(note("The file has " + pictures + " video tracks; the largest is shown."));
        }
        long undecodable =
                facts.audio().stream().filter(track -> !track.isDecodable()).count();
        if (undecodable > 0) {
            remarks.add(note(
                    undecodable == 1
                            ? "One sound track cannot be read and was left out."
                            : undecodable + " sound tracks cannot be read and were left out."));
        }
        long heard = facts.audio().stream().filter(AudioTrack::isDecodable).count();
        if (heard > Planner.MOST_SOUNDS) {
            remarks.add(
                    note("The file has " + heard + " sound tracks; the first " + Planner.MOST_SOUNDS + " were kept."));
        }
        long drawn = facts.subtitles().stream().filter(track -> !track.isText()).count();
        if (drawn > 0) {
            remarks.add(
                    note(
                            drawn == 1
                                    ? "One subtitle track is made of pictures, which browsers cannot show, and was left out."
                                    : drawn
                                            + " subtitle tracks are made of pictures, which browsers cannot show, and were left out."));
        }
        return remarks;
    }

    private static Remark note(String text) {
        return new Remark(Remark.Kind.NOTE, text);
    }
}
