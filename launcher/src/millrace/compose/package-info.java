/** Tries out whether a fleet of workers may change its size while it works. */
package millrace.compose;
