/**
 * The form of messages outside the JVM. Previous: {@link org.millrace.model.message}. There is no next step in the
 * model: from here messages travel.
 */
package org.millrace.model.wire;
