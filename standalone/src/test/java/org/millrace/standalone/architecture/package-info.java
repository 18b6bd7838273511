/** The rules of the house, checked on what the modules compile to. */
package org.millrace.standalone.architecture;
