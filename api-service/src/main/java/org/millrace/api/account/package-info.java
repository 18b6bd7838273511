/**
 * Who may do what, and from where. Every step asks {@link org.millrace.api.account.Access} before it answers; the
 * guards here see every request before any step does. Refusals are told by {@link org.millrace.api.problem}.
 */
package org.millrace.api.account;
