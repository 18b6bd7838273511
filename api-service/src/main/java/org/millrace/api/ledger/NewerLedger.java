package org.millrace.api.ledger;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.millrace.model.setting.SettingException;

/** Keeps an older version away from a ledger that a newer one has migrated: it would write what that cannot read. */
final class NewerLedger {

    private NewerLedger() {}

    /**
     * Looks into the ledger before anything else is done with it.
     *
     * @throws SettingException with a sentence for the operator if a migration was applied that is not known here
     */
    static void refuse(FluentConfiguration flyway) {
        MigrationInfo[] migrations = flyway.load().info().all();
        Optional<MigrationInfo> unknown = newest(migrations, true);
        if (unknown.isPresent()) {
            throw new SettingException(
                    "The ledger is of version "
                            + unknown.get().getVersion() + ", which a newer Millrace has made; this one knows version "
                            + newest(migrations, false)
                                    .map(known -> known.getVersion().toString())
                                    .orElse("none")
                            + ". Start the newer one, or put back a backup from before the upgrade."
                            + " Settings: millrace.home (MILLRACE_HOME), quarkus.datasource.jdbc.url (QUARKUS_DATASOURCE_JDBC_URL)");
        }
    }

    private static Optional<MigrationInfo> newest(MigrationInfo[] migrations, boolean unknown) {
        return Arrays.stream(migrations)
                .filter(migration -> migration.getVersion() != null)
                .filter(migration -> unknown
                        == (migration.getState().isApplied()
                                && !migration.getState().isResolved()))
                .max(Comparator.comparing(MigrationInfo::getVersion));
    }
}
