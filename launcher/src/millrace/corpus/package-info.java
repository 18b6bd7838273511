/** Runs a folder of media files through a product and compares what becomes of each with what is expected. */
package millrace.corpus;
