package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.millrace.model.id.UploadId;
import org.millrace.model.key.ObjectKey;

/**
 * A prefix of the media store that nobody needs. It is noted in the transaction that makes it so and deleted
 * afterwards: the store is never called inside a transaction, and a crash in between leaves nothing behind.
 */
@Entity
@Table(name = "garbage")
public class GarbageRow extends PanacheEntityBase {

    /** Random. */
    @Id
    public String id;

    /** Everything below this key goes. */
    @Column(name = "object_key")
    public String objectKey;

    /** Not to be deleted before. */
    @Column(name = "due_at")
    public Instant dueAt;

    /** Notes a prefix; to be called inside the transaction that makes it worthless. */
    static void note(ObjectKey prefix, Instant dueAt) {
        GarbageRow row = new GarbageRow();
        row.id = UploadId.random().value();
        row.objectKey = prefix.value();
        row.dueAt = dueAt;
        row.persist();
    }
}
