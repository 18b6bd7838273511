package org.millrace.api.dispatch;

/**
 * How much of the backlog may be in the queue at once: enough that no worker ever waits, and little enough that
 * cancelling, fair turns and a lost queue cost next to nothing.
 *
 * @param atLeast size without any worker
 * @param perSlot size for each live slot
 */
record Window(int atLeast, int perSlot) {

    /** Room for further tasks, 0 or more. */
    int room(int liveSlots, long unstarted) {
        return (int) Math.max(0, Math.max(atLeast, perSlot * liveSlots) - unstarted);
    }

    /**
     * Room in the fast lane for tasks that nobody's first picture waits for: one for each slot, so that whoever comes with
     * something urgent finds a short line.
     */
    int patientRoom(int liveSlots, long unstartedPatient) {
        return (int) Math.max(0, Math.max(1, liveSlots) - unstartedPatient);
    }
}
