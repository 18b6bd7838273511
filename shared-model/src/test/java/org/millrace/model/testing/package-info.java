/** Samples of the model for tests of this and other modules. */
package org.millrace.model.testing;
