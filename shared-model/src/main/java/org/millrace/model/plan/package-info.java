/**
 * Pure planning: facts in, a graph of tasks out. Previous: {@link org.millrace.model.media}. Next:
 * {@link org.millrace.model.task}, the nodes of the graph.
 */
package org.millrace.model.plan;
