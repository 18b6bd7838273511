/**
 * Reads what was made before anybody else may: exit codes prove nothing. Previous: {@link org.millrace.worker.encode}.
 * Next: {@link org.millrace.worker.publish}.
 */
package org.millrace.worker.verify;
