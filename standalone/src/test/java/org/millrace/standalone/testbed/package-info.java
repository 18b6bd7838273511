/** What the tests of the whole product need: real processes, a real broker, a real browser, and media made on the spot. */
package org.millrace.standalone.testbed;
