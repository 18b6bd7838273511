package org.millrace.api.admin;

/**
 * A task on the jobs page.
 *
 * @param taskId its identifier
 * @param videoId whose task it is
 * @param videoTitle any text
 * @param kind what sort of task, in words
 * @param stateText where it stands, in words
 * @param progress whole per cent
 * @param speed for example {@code 2.1×}; null if unknown
 * @param etaText time left in words; null if unknown
 * @param worker who works on it; null if nobody does
 * @param attempts how often it was tried
 * @param waitingText what it waits for; null unless it waits
 * @param reason why it failed, in words; null unless it did
 * @param canRetry whether trying again could help
 */
public record JobRow(
        String taskId,
        String videoId,
        String videoTitle,
        String kind,
        String stateText,
        int progress,
        String speed,
        String etaText,
        String worker,
        long attempts,
        String waitingText,
        String reason,
        boolean canRetry) {}
