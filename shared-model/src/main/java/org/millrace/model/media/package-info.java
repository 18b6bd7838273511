/**
 * Facts about a source: what its header says and what its packets hold. Previous: {@link org.millrace.model.key}.
 * Next: {@link org.millrace.model.ladder}, the shape of the output.
 */
package org.millrace.model.media;
