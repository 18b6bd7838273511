/**
 * Tells the API what happens here: outcomes durably, progress and signs of life as they come. Previous:
 * {@link org.millrace.worker.publish}. It is the worker's last step; from here messages travel.
 */
package org.millrace.worker.report;
