/**
 * Running the installation: the jobs page and the janitor. Previous: {@link org.millrace.api.library}. It is the last
 * step.
 */
package org.millrace.api.admin;
