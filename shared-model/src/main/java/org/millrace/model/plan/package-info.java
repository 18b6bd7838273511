/**
 * Pure planning: facts in, a graph of tasks out. Previous: {@link org.millrace.model.task}, the nodes of the graph.
 * Next: {@link org.millrace.model.message}, in which tasks travel.
 */
package org.millrace.model.plan;
