package org.millrace.api.ledger;

import org.millrace.model.plan.PlanRequest;

/**
 * An upload of which no byte has arrived.
 *
 * @param owner who uploads
 * @param length announced length in bytes
 * @param metadata the {@code Upload-Metadata} header as it was sent; empty if there was none
 * @param fileName the file's own name, cleaned for display
 * @param title what the video is to be called
 * @param wishes how its renditions are to be made
 */
public record NewUpload(
        String owner, long length, String metadata, String fileName, String title, PlanRequest.Wishes wishes) {}
