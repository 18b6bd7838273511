package org.millrace.api.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Something that only one process of the installation may do at a time, and who does it now. */
@Entity
@Table(name = "duty")
class DutyRow extends PanacheEntityBase {

    @Id
    String name;

    String holder;

    @Column(name = "held_until")
    Instant heldUntil;
}
