/**
 * A copy of the whole installation, made while it works, and the way back from it: a program of its own, for one machine
 * with a SQLite ledger and a media folder. Previous: {@link org.millrace.api.admin}. It is the last step.
 */
package org.millrace.api.backup;
