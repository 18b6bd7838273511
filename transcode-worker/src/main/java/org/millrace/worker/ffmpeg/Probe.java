package org.millrace.worker.ffmpeg;

import java.util.List;

/**
 * What a file says about itself, as ffprobe reads it. It is a claim: headers promise what files do not hold.
 *
 * @param format the container
 * @param streams in file order; may be empty
 * @param chapters in file order; may be empty
 * @param complaints ffprobe's last log lines, oldest first
 */
public record Probe(
        ProbeFormat format, List<ProbeStream> streams, List<ProbeChapter> chapters, List<String> complaints) {

    /** Copies the lists. */
    public Probe {
        streams = List.copyOf(streams);
        chapters = List.copyOf(chapters);
        complaints = List.copyOf(complaints);
    }

    /** Whether the file or one of its streams is encrypted, so that nothing can be decoded. */
    public boolean isEncrypted() {
        return format.tags().containsKey("encryption")
                || streams.stream().anyMatch(ProbeStream::isEncrypted)
                || complaints.stream().anyMatch(line -> line.contains("DRM protected") || line.contains("encrypted"));
    }
}
