/**
 * Reads facts from a source: what its header says, whether it can be decoded at all, and what its packets hold. Previous:
 * {@link org.millrace.worker.intake}. Next, by way of the plan that the facts lead to:
 * {@link org.millrace.worker.encode}.
 */
package org.millrace.worker.analyse;
