/**
 * Status: what is happening to a video, now, in words and numbers. Previous: {@link org.millrace.api.dispatch}. Next:
 * {@link org.millrace.api.playback}.
 */
package org.millrace.api.status;
