/** Tests of the whole product, from outside: packaged applications, real files, what a person or a script would see. */
package org.millrace.standalone.whole;
