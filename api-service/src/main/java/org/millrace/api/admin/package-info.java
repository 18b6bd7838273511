/**
 * Running the installation: the jobs page and the janitor. Previous: {@link org.millrace.api.library}. Next:
 * {@link org.millrace.api.backup}.
 */
package org.millrace.api.admin;
