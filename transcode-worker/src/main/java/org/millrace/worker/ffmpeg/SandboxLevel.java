package org.millrace.worker.ffmpeg;

/** How strongly a child process is confined, strongest first. Every level limits resources and ends with the worker. */
public enum SandboxLevel {
    /** No network, an own process tree, and a file system that holds only the system, the inputs and the scratch. */
    BUBBLEWRAP("no network, sees only its input and its scratch directory"),
    /** No network; the file system is the worker's own. */
    NAMESPACES("no network, but it can read what the worker can read"),
    /** Resource limits only; the container around the worker has to do the rest. */
    LIMITS("resource limits only: network and files are those of the worker");

    private final String meaning;

    SandboxLevel(String meaning) {
        this.meaning = meaning;
    }

    /** What the level means, as half a sentence for health pages and logs. */
    public String meaning() {
        return meaning;
    }
}
