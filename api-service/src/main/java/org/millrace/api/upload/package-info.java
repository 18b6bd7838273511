/**
 * First step: bytes come in, resumable by tus or as one form, and are streamed to the media store. When the last one is
 * durable, one transaction makes a video of them and only then they are acknowledged. Previous:
 * {@link org.millrace.api.account}, which asks who is there. Next: {@code org.millrace.api.dispatch}, which hands out
 * the work.
 */
package org.millrace.api.upload;
