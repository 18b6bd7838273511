package org.millrace.api.library;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of a list of videos, newest first.
 *
 * @param items at most {@code size} videos
 * @param page which page it is, from 1
 * @param size how many videos a page holds
 * @param total how many videos there are on all pages
 * @param next address of the next page, relative to the server; null on the last one
 */
@Schema(name = "VideoPage")
public record VideoPageJson(List<VideoJson> items, int page, int size, long total, String next) {}
