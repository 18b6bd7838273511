/**
 * Measures the product as ratios to named references, all in one run on one machine. {@link millrace.bench.Row} says what
 * is measured and what is aimed at, {@link millrace.bench.Commands} what it is compared with.
 */
package millrace.bench;
