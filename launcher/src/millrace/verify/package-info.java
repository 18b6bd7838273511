/** Proves that the library of a product is whole. */
package millrace.verify;
