/**
 * Facts about a source: what its header says and what its packets hold. Previous: {@link org.millrace.model.key}.
 * Next: {@link org.millrace.model.plan}, which turns facts into work.
 */
package org.millrace.model.media;
