/**
 * What every service that takes messages from a broker has to watch: whether it still does. {@link
 * org.millrace.model.wire} tells how the messages read.
 */
package org.millrace.model.consumer;
