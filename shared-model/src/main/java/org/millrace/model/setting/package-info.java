/** What an operator has to mend before the program can work, in words; knows nothing of the rest of the model. */
package org.millrace.model.setting;
