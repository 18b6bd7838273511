package org.millrace.api.backup;

import java.util.List;

/**
 * What stands in {@code backup.json}: which files make up the backup that the folder holds. It is written last, so what it
 * names is there to the last byte.
 *
 * @param format of the folder; a program refuses one that is greater than it knows
 * @param millrace version of the program that made it
 * @param schema version of the ledger's tables, the number of the newest migration
 * @param home the data folder that it is a backup of
 * @param takenAt the moment that it shows, ISO 8601 in UTC
 * @param database the copy of the ledger
 * @param list the list of objects, a line each: SHA-256 and path, as {@code sha256sum -c} reads it
 * @param videos how many videos the ledger has
 * @param unfinished how many of them were being made
 * @param uploadsLeftOut uploads that were half way; they are not in the copied ledger
 * @param objects how many objects there are
 * @param bytes how many bytes they are together
 * @param faults a sentence for each object that the ledger knows and that was missing or damaged already
 */
record BackupJson(
        int format,
        String millrace,
        int schema,
        String home,
        String takenAt,
        File database,
        File list,
        int videos,
        int unfinished,
        int uploadsLeftOut,
        long objects,
        long bytes,
        List<String> faults) {

    /** The format that this program writes, and the greatest that it reads. */
    static final int FORMAT = 1;

    /**
     * A file beside {@code backup.json}.
     *
     * @param name of the file
     * @param bytes its length
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    record File(String name, long bytes, String sha256) {}
}
