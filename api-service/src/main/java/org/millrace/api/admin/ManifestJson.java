package org.millrace.api.admin;

import java.time.Instant;
import java.util.List;
import org.millrace.api.ledger.PublishedRow;

/**
 * The list of everything that belongs to a set, with which it can be proven whole without the ledger. It lies beside the
 * set's objects as {@code manifest.json}.
 *
 * @param version of this format: 1
 * @param video whose set it is
 * @param set its number
 * @param writtenAt when it was written
 * @param objects everything but the manifest itself
 */
public record ManifestJson(int version, String video, int set, Instant writtenAt, List<Entry> objects) {

    /**
     * One object.
     *
     * @param name in the set, for example {@code 720p}
     * @param kind what sort of object it is
     * @param key in the media store
     * @param bytes its length
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    public record Entry(String name, PublishedRow.Kind kind, String key, long bytes, String sha256) {}

    /** The manifest of rows. */
    static ManifestJson of(String video, int set, Instant now, List<PublishedRow> rows) {
        List<Entry> entries = rows.stream()
                .filter(row -> row.kind != PublishedRow.Kind.MANIFEST)
                .map(row -> new Entry(row.name, row.kind, row.objectKey, row.sizeBytes, row.sha256))
                .toList();
        return new ManifestJson(1, video, set, now, entries);
    }
}
