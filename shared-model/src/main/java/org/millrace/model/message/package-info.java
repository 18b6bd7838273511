/**
 * What the API and the workers say to each other. Previous: {@link org.millrace.model.plan}. Next:
 * {@link org.millrace.model.wire}, the form messages have on the broker.
 */
package org.millrace.model.message;
