package org.millrace.api.ledger;

import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lists of videos, as the library shows them. */
@ApplicationScoped
public class VideoList {

    private static final String NEWEST_FIRST = " order by createdAt desc, id";

    private final Transactions transactions;

    VideoList(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Which videos to list.
     *
     * @param owner whose
     * @param text a part of the title, in any case; null for any
     * @param state where they stand; null for anywhere
     */
    public record Wanted(String owner, String text, VideoState state) {}

    /**
     * One page.
     *
     * @param videos newest first
     * @param total how many there are on all pages
     */
    public record Found(List<VideoRow> videos, long total) {}

    /**
     * Lists videos.
     *
     * @param page from 0
     * @param size videos on a page
     */
    public Found page(Wanted wanted, int page, int size) {
        String query = "owner = :owner";
        Map<String, Object> parameters = new HashMap<>(Map.of("owner", wanted.owner()));
        if (wanted.text() != null) {
            query += " and lower(title) like :text escape '!'";
            parameters.put("text", "%" + escape(wanted.text().toLowerCase(Locale.ROOT)) + "%");
        }
        if (wanted.state() != null) {
            query += " and state = :state";
            parameters.put("state", wanted.state());
        }
        String where = query;
        return transactions.read(() -> new Found(
                VideoRow.<VideoRow>find(where + NEWEST_FIRST, parameters)
                        .page(Page.of(page, size))
                        .list(),
                VideoRow.count(where, parameters)));
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
