/** Who may do what. Every step asks {@link org.millrace.api.account.Access} before it answers. */
package org.millrace.api.account;
