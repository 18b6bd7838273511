package org.millrace.api.dispatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Deals the room in a window to owners in turns, so that one owner's thousand files do not delay another's clip. */
final class FairTurns {

    private FairTurns() {}

    /**
     * One from each list in turn, keeping each list's own order.
     *
     * @param most length of the result at most
     */
    static <T> List<T> deal(Collection<List<T>> lists, int most) {
        List<T> dealt = new ArrayList<>();
        List<Iterator<T>> rest = new ArrayList<>();
        lists.forEach(list -> rest.add(list.iterator()));
        while (dealt.size() < most && !rest.isEmpty()) {
            Iterator<Iterator<T>> turn = rest.iterator();
            while (turn.hasNext() && dealt.size() < most) {
                Iterator<T> owner = turn.next();
                if (owner.hasNext()) {
                    dealt.add(owner.next());
                } else {
                    turn.remove();
                }
            }
        }
        return dealt;
    }
}
