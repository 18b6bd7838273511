package org.millrace.api.library;

/**
 * A video in the list.
 *
 * @param id its identifier
 * @param title any text
 * @param state a {@link org.millrace.api.ledger.VideoState}
 * @param stateText the state in words
 * @param detail time left and the like, in words; empty if there is nothing to say
 * @param progress whole per cent
 * @param playable whether it can be played now
 * @param partial whether a part of the source is missing
 * @param audioOnly whether there is nothing to see in it
 * @param posterUrl its picture; null until there is one
 * @param clipUrl a short moving picture; null until there is one
 * @param duration for example {@code 1:02:03}; null until known
 * @param ageText when it was uploaded, in words
 */
public record VideoCard(
        String id,
        String title,
        String state,
        String stateText,
        String detail,
        int progress,
        boolean playable,
        boolean partial,
        boolean audioOnly,
        String posterUrl,
        String clipUrl,
        String duration,
        String ageText) {}
