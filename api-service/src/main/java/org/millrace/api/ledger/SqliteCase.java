package org.millrace.api.ledger;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;

/** Teaches each connection to SQLite the lower case of every alphabet; by itself it knows that of English only. */
@Singleton
@IfBuildProperty(name = "quarkus.datasource.db-kind", stringValue = "sqlite")
class SqliteCase implements AgroalPoolInterceptor {

    @Override
    public void onConnectionCreate(Connection connection) {
        try {
            Function.create(
                    connection.unwrap(SQLiteConnection.class), "lower", new Lower(), 1, Function.FLAG_DETERMINISTIC);
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite takes no function", e);
        }
    }

    private static final class Lower extends Function {

        @Override
        protected void xFunc() throws SQLException {
            String text = value_text(0);
            if (text == null) {
                result();
            } else {
                result(text.toLowerCase(Locale.ROOT));
            }
        }
    }
}
