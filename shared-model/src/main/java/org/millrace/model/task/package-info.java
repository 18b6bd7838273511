/**
 * Units of worker work and the tracks they make. Previous: {@link org.millrace.model.ladder}. Next:
 * {@link org.millrace.model.plan}, which decides what work a video needs.
 */
package org.millrace.model.task;
