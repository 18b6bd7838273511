package org.millrace.worker.verify;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.millrace.model.task.EncodedTrack;
import org.millrace.worker.mp4.JoinedFile;
import org.millrace.worker.mp4.Mp4File;
import org.millrace.worker.publish.VerifiedTrack;

/** Verifies a joined file: it reads to its last byte and holds exactly what its pieces held. */
@ApplicationScoped
public class JoinVerifier {

    /** Verifies a file against what the join says it wrote and what the pieces are said to hold. */
    public VerifiedTrack verify(Path file, JoinedFile joined, List<EncodedTrack> pieces) {
        try {
            Mp4File content = Mp4File.read(file);
            long samples = pieces.stream().mapToLong(EncodedTrack::samples).sum();
            if (Files.size(file) != joined.length()
                    || content.init().length() != joined.initLength()
                    || !content.fragments().equals(joined.fragments())
                    || content.samples() != samples) {
                throw Invalid.output("The joined file does not hold what its pieces held");
            }
            return new VerifiedTrack(file, content, pieces.getFirst().initSha256());
        } catch (IOException e) {
            throw Invalid.output(e.getMessage(), e);
        }
    }
}
