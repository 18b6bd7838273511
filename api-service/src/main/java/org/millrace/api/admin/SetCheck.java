package org.millrace.api.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.millrace.api.ledger.PublishedRow;
import org.millrace.api.ledger.SetLedger;
import org.millrace.model.key.ObjectKey;
import org.millrace.store.MediaStore;
import org.millrace.store.MediaStoreException;
import org.millrace.store.ObjectInfo;

/** Reads every object of a set and compares it with ledger and manifest. */
@ApplicationScoped
class SetCheck {

    private final SetLedger sets;
    private final MediaStore store;
    private final Hashes hashes;
    private final ObjectMapper json;

    SetCheck(SetLedger sets, MediaStore store, Hashes hashes, ObjectMapper json) {
        this.sets = sets;
        this.store = store;
        this.hashes = hashes;
        this.json = json;
    }

    /** What is wrong with a set, a sentence each. */
    List<String> faults(SetLedger.Finished set) {
        List<String> faults = new ArrayList<>();
        List<PublishedRow> rows = sets.objects(set.video(), set.set());
        rows.forEach(row -> object(row, faults));
        rows.stream()
                .filter(row -> row.kind == PublishedRow.Kind.MANIFEST)
                .findFirst()
                .ifPresent(row -> manifest(row, rows, faults));
        sets.source(set.video()).ifPresent(source -> {
            Optional<ObjectInfo> found = store.stat(source.object());
            if (found.isEmpty()) {
                faults.add("The uploaded file is missing.");
            } else if (found.get().size() != source.sizeBytes()) {
                faults.add("The uploaded file has " + found.get().size() + " bytes instead of " + source.sizeBytes()
                        + ".");
            }
        });
        return faults;
    }

    private void object(PublishedRow row, List<String> faults) {
        try {
            Optional<ObjectInfo> found = store.stat(row.object());
            if (found.isEmpty()) {
                faults.add(row.name + " is missing (" + row.objectKey + ").");
            } else if (found.get().size() != row.sizeBytes) {
                faults.add(row.name + " has " + found.get().size() + " bytes instead of " + row.sizeBytes + ".");
            } else if (row.sha256 != null && !row.sha256.equals(hashes.of(row.object()))) {
                faults.add(row.name + " is not what was written: its hash differs.");
            }
        } catch (MediaStoreException e) {
            faults.add(row.name + " cannot be read: " + e.getMessage());
        }
    }

    private void manifest(PublishedRow row, List<PublishedRow> rows, List<String> faults) {
        try (InputStream in = store.read(new ObjectKey(row.objectKey))) {
            Set<String> listed = new HashSet<>();
            json.readValue(in, ManifestJson.class)
                    .objects()
                    .forEach(entry -> listed.add(entry.key() + " " + entry.bytes()));
            boolean complete = rows.stream()
                    .filter(other -> other.kind != PublishedRow.Kind.MANIFEST)
                    .allMatch(other -> listed.remove(other.objectKey + " " + other.sizeBytes));
            if (!complete || !listed.isEmpty()) {
                faults.add("The manifest does not list what the ledger knows.");
            }
        } catch (IOException | MediaStoreException e) {
            faults.add("The manifest cannot be read: " + e.getMessage());
        }
    }
}
