/**
 * Answers that are not a success: every {@linkplain org.millrace.api.problem.ErrorCode code} there is, and how it is
 * told, to programs as a problem document (RFC 9457) and to people as a page. Every step throws
 * {@link org.millrace.api.problem.ProblemException}; this package knows no step. See {@code docs/errors.md}.
 */
package org.millrace.api.problem;
