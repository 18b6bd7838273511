package org.millrace.standalone.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ledger of the suite at the end of a run.
 *
 * @param scenario what was done
 * @param shape to what
 * @param seed of the dice
 * @param videos acknowledged
 * @param playable of them, every segment fetched, as long as they have to be, their sources byte for byte what was sent
 * @param refused ended with a reason
 * @param lost of them neither, with what was seen instead
 * @param doubles tasks that succeeded, or objects that are published, more than once
 * @param strayObjects in the media store that nothing in the ledger knows
 * @param strayProcesses that have outlived the program that started them
 * @param strayTemp temporary files that were not there at the beginning
 * @param attempts at tasks
 * @param redeliveries offers that the broker gave to a second worker
 * @param takenOver attempts whose worker was killed and which the ledger gave to somebody else
 * @param interrupted attempts whose worker was killed
 * @param faults how often each was meant to happen and was seen to
 * @param figures what else was counted
 * @param failures faults that could not be made to happen, or were not put right in time
 * @param seconds the run took
 */
record Verdict(
        String scenario,
        String shape,
        long seed,
        int videos,
        int playable,
        int refused,
        List<String> lost,
        long doubles,
        List<String> strayObjects,
        List<String> strayProcesses,
        List<String> strayTemp,
        long attempts,
        long redeliveries,
        long takenOver,
        int interrupted,
        Map<String, String> faults,
        Map<String, String> figures,
        List<String> failures,
        long seconds) {

    /** The verdict on a run that could not go to its end. */
    static Verdict ofBroken(String scenario, String shape, long seed, Throwable why) {
        List<String> none = List.of();
        List<String> failures = List.of(String.valueOf(why));
        return new Verdict(
                scenario, shape, seed, 0, 0, 0, none, 0, none, none, none, 0, 0, 0, 0, Map.of(), Map.of(), failures, 0);
    }

    /** What is not as it was promised; empty if all is. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(failures);
        complain(complaints, "lost", lost);
        complain(complaints, "stray object", strayObjects);
        complain(complaints, "stray process", strayProcesses);
        complain(complaints, "stray temporary file", strayTemp);
        if (doubles > 0) {
            complaints.add(doubles + " results were published twice");
        }
        if (playable + refused + lost.size() != videos) {
            complaints.add("the counts do not add up");
        }
        if (interrupted > 0 && takenOver == 0) {
            complaints.add(interrupted + " attempts lost their worker, and not one was given to another");
        }
        return complaints;
    }

    private static void complain(List<String> complaints, String what, List<String> all) {
        all.forEach(each -> complaints.add(what + ": " + each));
    }
}
