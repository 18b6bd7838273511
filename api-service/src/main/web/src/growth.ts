import type { Status, Subtitles } from './video';

/** How far each rendition and sound of a video that is being made is listed. */
export type Tracks = Status['tracks'];

/** A rendition as the player knows it. */
export interface Level {
  /** Seconds of it that are listed; 0 where not known, which counts as nothing. */
  readonly until: number;
  /** Length of its longest segment in seconds. */
  readonly segment: number;
}

/** The renditions that may be played, by their place in the list; all between the two ends. */
export interface Span {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The renditions that may be played while playlists grow: those that are listed at least two segments beyond the end of
 * the player's buffer, or else the start rendition, which leads. A player that is let onto a rendition which lags behind
 * stays there and stalls.
 *
 * @param levels lowest first
 * @param bufferEnd the end of the player's buffer in seconds
 * @param start the start rendition; a copied one is the highest, any other the lowest
 */
export function allowed(levels: readonly Level[], bufferEnd: number, start: number): Span {
  const ready = levels.map((level) => level.until >= bufferEnd + 2 * level.segment);
  const lowest = ready.indexOf(true);
  if (lowest >= 0) return { lowest, highest: ready.lastIndexOf(true) };
  const leading = leader(levels, start);
  return { lowest: leading, highest: leading };
}

/** The rendition that is listed furthest; of equal ones the start rendition. */
function leader(levels: readonly Level[], start: number): number {
  let best = start;
  levels.forEach((level, index) => {
    if (level.until > (levels[best]?.until ?? -1)) best = index;
  });
  return best;
}

/** A stretch of the buffer, and the rendition it is of. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly level: number;
}

/** A viewer who has something better than what is buffered wants it so far before its turn comes. */
const AHEAD_SECONDS = 8;
/** Lengths of picture and sound, planned and made, differ by less than this. */
const END_SECONDS = 0.3;
/** What is played next is left alone. */
const UNTOUCHED_SECONDS = 4;
/** Less than this is not worth fetching anew. */
const WORTHWHILE_SECONDS = 6;

/**
 * The rendition by which a good part of the buffer should be replaced: while the start rendition leads, all that is
 * buffered is of it, long after something better is listed.
 *
 * @param levels lowest first
 * @param buffer what is buffered
 * @param position what is played now
 * @param affordable the highest rendition that line and person allow
 * @returns -1 if nothing is worth being replaced
 */
export function improvement(
  levels: readonly Level[],
  buffer: readonly Stretch[],
  position: number,
  affordable: number,
): number {
  for (let level = Math.min(affordable, levels.length - 1); level > 0; level--) {
    const { until, segment } = levels[level] ?? { until: 0, segment: 0 };
    if (until < position + AHEAD_SECONDS) continue;
    const from = position + UNTOUCHED_SECONDS;
    const worse = buffer
      .filter((stretch) => stretch.level < level)
      .map((stretch) => Math.min(stretch.end, until - segment) - Math.max(stretch.start, from))
      .filter((seconds) => seconds > 0);
    return worse.reduce((sum, seconds) => sum + seconds, 0) >= WORTHWHILE_SECONDS ? level : -1;
  }
  return -1;
}

/** What becomes of a person's choice: -1 leaves it to the player, within the span. */
export interface Order {
  readonly level: number;
  readonly span: Span;
}

/** A chosen rendition is played as soon and as long as it may be; until then nothing better is. */
export function order(span: Span, chosen: number): Order {
  if (chosen < 0) return { level: -1, span };
  if (chosen >= span.lowest && chosen <= span.highest) return { level: chosen, span };
  return { level: -1, span: { lowest: span.lowest, highest: Math.max(span.lowest, Math.min(chosen, span.highest)) } };
}

/** The name of the track that a playlist's address stands for. */
export function trackOf(url: string): string {
  return /([^/?#]+)\.m3u8(?:[?#]|$)/.exec(url)?.[1] ?? '';
}

/** How far a track is listed; 0 if nothing is known of it. */
export function untilOf(tracks: Tracks, name: string): number {
  return tracks.find((track) => track.name === name)?.until ?? 0;
}

/** How far a track lets a player go: without end if there is nothing to come after what is listed. */
export function reach(until: number, duration: number): number {
  return duration > 0 && until >= duration - END_SECONDS ? Number.POSITIVE_INFINITY : until;
}

/** Closer to its end than this nothing of a video is replaced by something better any more. */
const LAST_SECONDS = 2;

/**
 * Whether the last seconds of a video are played and all of them are buffered.
 *
 * @param end where the list that is played ends
 * @param position what is played now
 * @param bufferEnd where the buffer around it ends
 */
export function isAtEnd(end: number, position: number, bufferEnd: number): boolean {
  return bufferEnd >= end - END_SECONDS && position < bufferEnd && position >= bufferEnd - LAST_SECONDS;
}

/** How far a video can be played now: where the picture that is listed furthest ends, or else the sound. */
export function madeUntil(tracks: Tracks): number {
  const pictures = tracks.filter((track) => track.height > 0);
  return Math.max(0, ...(pictures.length > 0 ? pictures : tracks).map((track) => track.until));
}

/** Where a video's playlists are. */
export interface Playlists {
  /** For any player: the finished ones, or those of what there is. */
  readonly hls: string | null;
  /** Those that grow and list also what is still to come; null when nothing grows. */
  readonly live: string | null;
}

/** Where a video's bytes are and what is known of it; changes while it is being made. */
export interface Source extends Playlists {
  readonly mp4: string | null;
  /** Length in seconds as the server knows it; 0 when it does not. */
  readonly duration: number;
  readonly tracks: Tracks;
  readonly subtitles: readonly Subtitles[];
  readonly storyboard: string | null;
}

/** What the player has to do about a change: nothing, load the present playlists, or stop. */
export type Step = 'keep' | 'load' | 'stop';

/**
 * Judges a change. Playlists that have grown to their end go on answering, so a viewer is never torn away from them when
 * a video is finished. But if the work was broken off, or goes on after that, or is begun anew, only the present
 * playlists know what there is.
 *
 * @param loaded the playlist that is played; null if none is
 * @param best the one that would be played if the player began now; null if there is none
 * @param finished whether that is the playlist of a finished video
 */
export function stepTo(loaded: string | null, best: string | null, finished: boolean): Step {
  if (best === null) return loaded === null ? 'keep' : 'stop';
  return loaded !== null && (loaded === best || finished) ? 'keep' : 'load';
}

/** Whether the present playlists are those of a finished video. */
export function isFinished(now: Playlists): boolean {
  return now.hls !== null && now.live === null && !now.hls.includes('/live/');
}
