/**
 * Names of objects in the media store and the one place that knows their layout. Previous:
 * {@link org.millrace.model.id}. Next: {@link org.millrace.model.media}.
 */
package org.millrace.model.key;
