/**
 * The shape of the output: its renditions, its frame rate, its grid of frames. Previous:
 * {@link org.millrace.model.media}. Next: {@link org.millrace.model.task}.
 */
package org.millrace.model.ladder;
