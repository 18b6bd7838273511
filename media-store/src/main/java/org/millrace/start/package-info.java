/**
 * How every program starts, and how it says that it cannot. It lies beside the media store because all programs have
 * that, and it checks it.
 */
package org.millrace.start;
