package org.millrace.api.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import org.millrace.api.ledger.FiguresLedger;
import org.millrace.api.problem.ErrorCode;
import org.millrace.api.problem.ProblemException;
import org.millrace.api.problem.Sizes;

/**
 * What the installation may hold, as its operator has set it. It is asked when something is taken on: an upload, or
 * another set of renditions. What was taken on is finished, also if that takes more than was foreseen.
 */
@ApplicationScoped
public class Quota {

    private final QuotaConfig config;
    private final FiguresLedger figures;

    /** As configured, over what the ledger says. */
    public Quota(QuotaConfig config, FiguresLedger figures) {
        this.config = config;
        this.figures = figures;
    }

    /**
     * How much of the allowed bytes is taken.
     *
     * @param used bytes that are held or promised
     * @param allowed bytes that may be
     */
    public record Standing(long used, long allowed) {

        /** Bytes that may still be taken on, never below zero. */
        public long left() {
            return Math.max(0, allowed - used);
        }

        /** It in a sentence. */
        public String sentence() {
            return "Of the " + Sizes.words(allowed) + " that this server may hold, " + Sizes.words(left())
                    + " are left.";
        }

        /**
         * The refusal of something for which too little is left.
         *
         * @param why what does not fit, as a sentence without its end
         */
        public ProblemException refusal(String why) {
            return new ProblemException(
                    ErrorCode.QUOTA_EXCEEDED, sentence() + " " + why + ". Delete videos to make room.");
        }
    }

    /** Most bytes that may be held; empty if there is no such limit. */
    public OptionalLong allowedBytes() {
        return config.bytes().map(bytes -> OptionalLong.of(bytes.asLongValue())).orElse(OptionalLong.empty());
    }

    /**
     * How much of the allowed bytes is taken now; empty if there is no such limit, and then nothing is read.
     *
     * @param besides bytes that were promised to uploads which the ledger does not know yet
     */
    public Optional<Standing> standing(long besides) {
        return config.bytes().map(allowed -> new Standing(figures.usage().bytes() + besides, allowed.asLongValue()));
    }

    /**
     * Lets another upload in. Asked inside the transaction that notes the upload, so that of two at once only one gets
     * what is left.
     *
     * @param bytes its length
     * @param besides bytes that were promised to uploads which the ledger does not know yet
     * @throws ProblemException if there is no room for it
     */
    public void admitUpload(long bytes, long besides) {
        if (config.bytes().isEmpty() && config.videos().isEmpty()) {
            return;
        }
        FiguresLedger.Usage usage = figures.usage();
        if (config.videos().isPresent() && usage.videos() >= config.videos().getAsLong()) {
            throw new ProblemException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "This server keeps up to " + config.videos().getAsLong()
                            + " videos, and that many are here. Delete one to make room.");
        }
        config.bytes()
                .map(allowed -> new Standing(usage.bytes() + besides, allowed.asLongValue()))
                .filter(standing -> bytes > standing.left())
                .ifPresent(standing -> {
                    throw standing.refusal("This file has " + Sizes.words(bytes));
                });
    }

    /**
     * Lets a set of renditions be made beside what there is. Asked inside the transaction that begins it.
     *
     * @param bytes what it will take, as far as is known
     * @throws ProblemException if there is no room for it
     */
    public void admitSet(long bytes) {
        standing(0).filter(standing -> bytes > standing.left()).ifPresent(standing -> {
            throw standing.refusal("The new renditions would take about " + Sizes.words(bytes));
        });
    }
}
