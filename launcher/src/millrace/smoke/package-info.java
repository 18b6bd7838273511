/** Tries out whether an installation does what it is for. */
package millrace.smoke;
