package millrace.doctor;

/**
 * What one check has found.
 *
 * @param level how good it is
 * @param area what was checked, in a word or two
 * @param what what was seen
 * @param mend what to do about it; empty if nothing is to be done
 */
record Finding(Level level, String area, String what, String mend) {

    /** How good something is. */
    enum Level {
        /** As it should be. */
        OK,
        /** Could not be tried, or works less well than it could. */
        NOTE,
        /** Has to be mended. */
        WRONG
    }

    static Finding ok(String area, String what) {
        return new Finding(Level.OK, area, what, "");
    }

    static Finding note(String area, String what, String mend) {
        return new Finding(Level.NOTE, area, what, mend);
    }

    static Finding wrong(String area, String what, String mend) {
        return new Finding(Level.WRONG, area, what, mend);
    }

    /** One row of the table and, if something is to be done, a second one. */
    String row() {
        String word = level == Level.WRONG ? "WRONG" : level == Level.NOTE ? "note" : "ok";
        String row = "%-6s %-9s %s".formatted(word, area, what);
        return mend.isEmpty() ? row : row + "%n%17s→ %s".formatted("", mend);
    }
}
