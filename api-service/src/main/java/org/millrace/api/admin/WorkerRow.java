package org.millrace.api.admin;

/**
 * A live worker on the jobs page.
 *
 * @param id its identifier
 * @param name of its machine
 * @param slots bulk tasks it runs at once
 * @param busy tasks it runs now
 * @param seenText when it was heard of last, in words
 * @param sandbox the level its converters run at
 * @param ffmpeg fingerprint of its encoder
 */
public record WorkerRow(String id, String name, int slots, int busy, String seenText, String sandbox, String ffmpeg) {}
