/**
 * Playback: playlists are rendered from the ledger, bytes come from the media store, and names are only ever looked
 * up, never used as paths. Previous step: {@code org.millrace.api.status}, which says when a video can be played.
 * Next: {@link org.millrace.api.library}, whose pages show the player.
 */
package org.millrace.api.playback;
