/**
 * Units of worker work and the tracks they make. Previous: {@link org.millrace.model.plan}, which decides what work a
 * video needs. Next: {@link org.millrace.model.message}, in which tasks travel.
 */
package org.millrace.model.task;
