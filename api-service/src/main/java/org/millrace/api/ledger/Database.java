package org.millrace.api.ledger;

import javax.sql.DataSource;
import org.millrace.model.setting.SettingException;

/** What the ledger needs of its database that no SQL says alike. Which kind it is was decided when this was built. */
public interface Database {

    /** Whether several processes may keep one ledger in it. */
    boolean isShared();

    /**
     * Makes sure that the database can be used, before the program does anything else.
     *
     * @throws SettingException with a sentence for the operator if it cannot
     */
    void check(DataSource connections);

    /** Lets the transaction that has just begun wait until no other process is writing; its end is the end of the turn. */
    void awaitTurn();
}
