/**
 * The ledger: the database's knowledge of videos, uploads, tasks and attempts. It is the truth; queues and pages only
 * follow it. Every step of the path may ask and tell it; it knows no step. See {@code docs/job-lifecycle.md}.
 */
package org.millrace.api.ledger;
