/**
 * The fault suite: installations of each shape, faults that are done to them from outside while videos come in, and a
 * ledger of the suite's own at the end. {@link org.millrace.standalone.chaos.ChaosIT} is the quick part of it, {@link
 * org.millrace.standalone.chaos.Chaos} what {@code ./millrace chaos} runs.
 */
package org.millrace.standalone.chaos;
