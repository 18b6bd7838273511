package org.millrace.api.upload;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.millrace.store.DirectUploads;

/**
 * How far an upload is that its sender brings to the store by itself.
 *
 * @param id names it
 * @param length bytes of the file
 * @param partBytes bytes of each part but the last
 * @param parts how many there are, numbered from 1
 * @param sent those that have arrived
 * @param expiresAt when it is given up unless addresses for more parts are asked for
 * @param video identifier of the video that it has become; null while it is none
 */
@Schema(name = "DirectUpload")
public record DirectUploading(
        String id,
        long length,
        long partBytes,
        int parts,
        List<DirectUploads.Sent> sent,
        Instant expiresAt,
        String video) {

    /**
     * Where to send a part, with {@code PUT} and nothing but its bytes.
     *
     * @param number of the part, from 1
     * @param length its bytes, no more and no less
     * @param url good for a quarter of an hour, for this part alone
     */
    @Schema(name = "DirectUploadAddress")
    public record Address(int number, long length, String url) {}
}
