package org.millrace.worker.ffmpeg;

/** The weakest {@link SandboxLevel} an installation accepts. */
public enum SandboxRequirement {
    /** Whatever works. */
    ANY,
    /** At least {@link SandboxLevel#LIMITS}. */
    LIMITS,
    /** At least {@link SandboxLevel#NAMESPACES}. */
    NAMESPACES,
    /** Nothing but {@link SandboxLevel#BUBBLEWRAP}. */
    BUBBLEWRAP;

    /** Whether a level is strong enough. */
    boolean accepts(SandboxLevel level) {
        return switch (this) {
            case ANY, LIMITS -> true;
            case NAMESPACES -> level != SandboxLevel.LIMITS;
            case BUBBLEWRAP -> level == SandboxLevel.BUBBLEWRAP;
        };
    }
}
