/** What the tests of several packages share: a home that is thrown away, a store, and ways to talk to the server. */
package org.millrace.api.testing;
