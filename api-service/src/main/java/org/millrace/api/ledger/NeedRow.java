package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** An edge of a plan: one task needs the result of another. */
@Entity
@Table(name = "task_need")
@IdClass(NeedRow.Key.class)
class NeedRow extends PanacheEntityBase {

    @Id
    @Column(name = "task_id")
    String taskId;

    @Id
    @Column(name = "needs_id")
    String needsId;

    /** The place of this need in the task's list. */
    int ordinal;

    NeedRow() {}

    NeedRow(String taskId, String needsId, int ordinal) {
        this.taskId = taskId;
        this.needsId = needsId;
        this.ordinal = ordinal;
    }

    /** Both ends together. */
    record Key(String taskId, String needsId) implements Serializable {}
}
