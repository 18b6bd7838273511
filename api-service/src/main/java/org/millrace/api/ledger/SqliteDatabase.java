package org.millrace.api.ledger;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;

/** A file that one process has to itself. Its transactions take the write lock when they begin. */
@ApplicationScoped
@IfBuildProperty(name = "quarkus.datasource.db-kind", stringValue = "sqlite")
class SqliteDatabase implements Database {

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void check(DataSource connections) {
        // Whether its folder can be used is checked already; the file is made when it is needed.
    }

    @Override
    public void awaitTurn() {
        // BEGIN IMMEDIATE, in the URL of the database, has waited already.
    }
}
