package org.millrace.model.task;

import org.millrace.model.key.ObjectKey;

/**
 * An object that is one whole file.
 *
 * @param object its key
 * @param sizeBytes its length
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record StoredFile(ObjectKey object, long sizeBytes, String sha256) {}
