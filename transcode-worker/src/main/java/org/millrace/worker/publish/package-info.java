/**
 * Puts what was verified into the media store, below its attempt's own prefix, with a hash of every object. Previous:
 * {@link org.millrace.worker.verify}. Next: {@link org.millrace.worker.report}, which tells the ledger.
 */
package org.millrace.worker.publish;
