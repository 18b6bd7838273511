/**
 * Typed identifiers. Every other package of the model names things with them, so that a task can never be mistaken
 * for an attempt. Next: {@link org.millrace.model.key}, where they become object keys.
 */
package org.millrace.model.id;
