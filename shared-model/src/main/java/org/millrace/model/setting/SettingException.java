package org.millrace.model.setting;

/**
 * A setting with which the program cannot work. Thrown while it starts, it ends the program, and its message is all that
 * the operator is shown.
 */
public class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * A fault that was found by looking.
     *
     * @param sentence what is wrong, and which setting (or which step) mends it
     */
    public SettingException(String sentence) {
        super(sentence);
    }

    /**
     * A fault that something else has thrown.
     *
     * @param sentence what is wrong, and which setting (or which step) mends it
     * @param cause what was thrown; not shown
     */
    public SettingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
