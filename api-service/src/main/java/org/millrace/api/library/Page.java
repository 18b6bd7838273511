package org.millrace.api.library;

/**
 * What every page needs for its frame.
 *
 * @param title of the page; any text
 * @param banner a sentence about the state of the installation; null if all is well
 * @param nav which entry of the navigation is current: {@code library}, {@code upload} or {@code jobs}
 */
public record Page(String title, String banner, String nav) {}
