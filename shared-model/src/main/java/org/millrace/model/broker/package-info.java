/**
 * What every service that talks through a broker has to watch: whether it still hears, and is still heard. {@link
 * org.millrace.model.wire} tells how the messages read.
 */
package org.millrace.model.broker;
