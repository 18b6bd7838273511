package org.millrace.api.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.millrace.store.MediaStoreException;

/**
 * Makes a backup of an installation on this machine, which may be running, or restores one: {@code BackupProgram backup DIR}
 * and {@code BackupProgram restore [--partly] DIR}, on the class path of the API, with its settings. Exit code 0: all is well;
 * 1: it was done, but objects were missing or damaged already; 2: it could not be done.
 */
public final class BackupProgram {

    private BackupProgram() {}

    /** Does what the arguments say, and ends this process. */
    public static void main(String[] arguments) {
        // The libraries of the service complain of any other.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        String command = arguments.length < 2 ? "" : String.join(" ", Arrays.copyOf(arguments, arguments.length - 1));
        Path folder = Path.of(arguments.length == 0 ? "" : arguments[arguments.length - 1]);
        try {
            return switch (command) {
                case "backup" -> backup(folder, out);
                case "restore" -> restore(folder, false, out);
                case "restore --partly" -> restore(folder, true, out);
                default -> {
                    err.println("usage: BackupProgram backup|restore [--partly] DIR");
                    yield 2;
                }
            };
        } catch (Unable | MediaStoreException | IOException | UncheckedIOException | SQLException e) {
            String reason = e instanceof Unable || e instanceof MediaStoreException ? e.getMessage() : e.toString();
            err.println(arguments[0] + ": " + reason);
            return 2;
        }
    }

    private static int backup(Path folder, PrintStream out) throws IOException, SQLException {
        long start = System.nanoTime();
        BackupJson made = new Backup(Installation.ofSettings(), out).into(folder.toAbsolutePath());
        if (made.uploadsLeftOut() > 0) {
            out.println("Left out: " + count(made.uploadsLeftOut(), "upload")
                    + " that had not all bytes yet; after a restore the sender begins again.");
        }
        made.faults().forEach(fault -> out.println("WRONG  " + fault));
        out.printf("%s in %s as of %s, in %d s%n", contents(made), folder, made.takenAt(), seconds(start));
        return made.faults().isEmpty() ? 0 : 1;
    }

    private static int restore(Path folder, boolean partly, PrintStream out) throws IOException {
        long start = System.nanoTime();
        Installation installation = Installation.ofSettings();
        Restore restore = new Restore(installation, partly, out);
        BackupJson restored = restore.from(folder.toAbsolutePath());
        restored.faults().forEach(fault -> out.println("WRONG when the backup was made: " + fault));
        out.printf(
                "%s restored to %s as of %s, in %d s%n",
                contents(restored), installation.home(), restored.takenAt(), seconds(start));
        return restore.lost() == 0 ? 0 : 1;
    }

    private static String contents(BackupJson card) {
        return count(card.videos(), "video") + " (" + card.unfinished() + " being made), "
                + count(card.objects(), "object") + ", " + Progress.amount(card.bytes());
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static long seconds(long start) {
        return (System.nanoTime() - start) / 1_000_000_000;
    }
}
