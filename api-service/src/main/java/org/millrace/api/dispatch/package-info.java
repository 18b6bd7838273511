/**
 * Dispatch: the second step of a video's way. The backlog in the ledger fills a small window in the queue, outcomes
 * come back into the ledger, leases tell live attempts from lost ones. Previous: {@link org.millrace.api.upload}.
 * Next: {@link org.millrace.api.status}.
 */
package org.millrace.api.dispatch;
