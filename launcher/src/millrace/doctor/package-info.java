/** Finds out what is wrong with an installation, and says how to mend it. */
package millrace.doctor;
