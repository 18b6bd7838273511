/**
 * The videos there are: listed, described, edited, deleted, stopped and tried again. Previous:
 * {@code org.millrace.api.playback}, which plays them. Next: {@link org.millrace.api.account}, which says who may.
 */
package org.millrace.api.library;
