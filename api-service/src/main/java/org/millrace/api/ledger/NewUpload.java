package org.millrace.api.ledger;

/**
 * An upload of which no byte has arrived.
 *
 * @param owner who uploads
 * @param length announced length in bytes
 * @param metadata the {@code Upload-Metadata} header as it was sent; empty if there was none
 * @param fileName the file's own name, cleaned for display
 * @param title what the video is to be called
 */
public record NewUpload(String owner, long length, String metadata, String fileName, String title) {}
