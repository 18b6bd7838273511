package org.millrace.api.ledger;

import org.millrace.model.id.VideoId;
import org.millrace.model.key.ObjectKey;
import org.millrace.model.plan.PlanRequest;

/**
 * A video whose last byte is durable in the media store.
 *
 * @param id its identifier
 * @param owner who uploaded it
 * @param title what to call it; any text
 * @param fileName the file's own name; any text
 * @param source where its bytes are
 * @param sizeBytes how many they are
 * @param wishes how its renditions are to be made
 */
public record NewVideo(
        VideoId id,
        String owner,
        String title,
        String fileName,
        ObjectKey source,
        long sizeBytes,
        PlanRequest.Wishes wishes) {}
