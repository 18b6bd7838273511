import Hls, { type ErrorData, type HlsConfig } from 'hls.js';
import { type Level, type Stretch, type Tracks, allowed, improvement, isAtEnd, order, reach, trackOf, untilOf } from './growth';
import type { Quality } from './quality';
import type { SoundFacts } from './sounds';

const SEGMENT_SECONDS = 2;
/** While something better may come, buffering far ahead is in vain. */
const GROWING_BUFFER_SECONDS = 20;
const IMPROVE_EVERY_MS = 5000;
/** Share of the line that a rendition may take to be switched up to. */
const LINE_SHARE = 0.7;

/** Text tracks are elements of the page, which work with every way of playing: hls.js has to leave them alone. */
const WITHOUT_TEXT = {
  subtitleStreamController: undefined,
  subtitleTrackController: undefined,
  timelineController: undefined,
} as unknown as Partial<HlsConfig>;

/** What an engine tells. */
export interface Listener {
  /** The renditions are known, lowest first. */
  levels(qualities: readonly Quality[]): void;
  /** The sounds are known, or have changed. */
  sounds(): void;
  /** A playlist has been read anew: there may be more to go to. */
  listed(): void;
  error(data: ErrorData): void;
}

/** hls.js on one multivariant playlist. While that grows, the renditions are governed by what is known to be made. */
export class Engine {
  readonly #hls: Hls;
  readonly #growing: boolean;
  readonly #buffer = new Map<number, Stretch>();
  #manual = -1;
  #improvedAt = Number.NEGATIVE_INFINITY;

  static isSupported(): boolean {
    return Hls.isSupported();
  }

  constructor(url: string, video: HTMLVideoElement, growing: boolean, startAt: number, listener: Listener) {
    this.#growing = growing;
    // A growing playlist is an EVENT playlist: without a position hls.js starts near its end.
    const hls = new Hls({
      ...WITHOUT_TEXT,
      startPosition: growing || startAt > 0 ? startAt : -1,
      ...(growing ? { maxBufferLength: GROWING_BUFFER_SECONDS, maxMaxBufferLength: GROWING_BUFFER_SECONDS } : {}),
    });
    this.#hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      if (growing) hls.startLevel = hls.firstLevel;
      listener.levels(
        hls.levels.map((level, index) => ({
          id: `${index}-${level.height}`,
          width: level.width,
          height: level.height,
          bitrate: level.bitrate,
        })),
      );
    });
    hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, () => listener.sounds());
    hls.on(Hls.Events.AUDIO_TRACK_SWITCHED, () => listener.sounds());
    hls.on(Hls.Events.LEVEL_UPDATED, () => listener.listed());
    hls.on(Hls.Events.FRAG_LOADING, () => listener.listed());
    hls.on(Hls.Events.FRAG_BUFFERED, (_event, { frag }) => {
      if (frag.type === 'main') this.#buffer.set(Number(frag.sn), { start: frag.start, end: frag.end, level: frag.level });
    });
    hls.on(Hls.Events.BUFFER_FLUSHING, (_event, { startOffset, endOffset, type }) => {
      if (type === 'audio') return;
      for (const [number, stretch] of this.#buffer) {
        if (stretch.end > startOffset && stretch.start < endOffset) this.#buffer.delete(number);
      }
    });
    hls.on(Hls.Events.ERROR, (_event, data) => listener.error(data));
    hls.loadSource(url);
    hls.attachMedia(video);
  }

  destroy(): void {
    this.#hls.destroy();
  }

  /** Stops fetching, until something else is loaded. */
  stop(): void {
    this.#hls.stopLoad();
  }

  recover(): void {
    this.#hls.recoverMediaError();
  }

  /**
   * Says which renditions may be played now.
   *
   * @param tracks how far each is listed; null when all are finished
   * @param duration of the video as it is planned, in seconds
   * @param position what is played now
   * @param bufferEnd where the buffer ends, or where somebody wants to go
   * @param chosen the rendition that the person has chosen; -1 for none
   */
  govern(tracks: Tracks | null, duration: number, position: number, bufferEnd: number, chosen: number): void {
    const hls = this.#hls;
    if (hls.levels.length === 0) return;
    this.#close(position, bufferEnd);
    if (!this.#growing) {
      hls.autoLevelCapping = -1;
      hls.config.minAutoBitrate = 0;
      this.#choose(chosen);
      return;
    }
    const levels = this.#levels(tracks, duration);
    const better = this.#better(levels, position, chosen);
    const from = better < 0 ? bufferEnd : Math.min(bufferEnd, position + 2 * SEGMENT_SECONDS);
    const wish = order(allowed(levels, from, hls.firstLevel), chosen);
    hls.autoLevelCapping = Math.max(wish.span.highest, better);
    hls.config.minAutoBitrate = wish.span.lowest === 0 ? 0 : (hls.levels[wish.span.lowest]?.maxBitrate ?? 0);
    if (better >= 0) {
      // Drops what is buffered behind the next segment; which rendition comes after it is then decided as always.
      hls.nextLevel = better;
      this.#manual = better;
    }
    this.#choose(wish.level);
  }

  /**
   * Ends what has grown to its end. hls.js waits for ever if it hears of the end after it has buffered the last segment,
   * which is the rule here: a task lists its last segment before it is done.
   */
  #close(position: number, bufferEnd: number): void {
    const details = this.#hls.levels[this.#hls.currentLevel]?.details;
    if (!this.#growing || !details || details.live) return;
    if (!isAtEnd(details.edge, position, bufferEnd)) return;
    for (const type of ['video', 'audio'] as const) this.#hls.trigger(Hls.Events.BUFFER_EOS, { type });
  }

  /** The rendition by which to replace what is buffered; -1 for none, or if that was done a moment ago. */
  #better(levels: readonly Level[], position: number, chosen: number): number {
    const now = performance.now();
    if (now - this.#improvedAt < IMPROVE_EVERY_MS) return -1;
    const line = LINE_SHARE * this.#hls.bandwidthEstimate;
    const affordable = this.#hls.levels.findLastIndex((level) => level.maxBitrate <= line);
    const better = improvement(
      levels,
      [...this.#buffer.values()],
      position,
      chosen < 0 ? affordable : Math.min(affordable, chosen),
    );
    if (better >= 0) this.#improvedAt = now;
    return better;
  }

  /** Reads the playlist of the rendition that is listed furthest, so that its end can be gone to. */
  reach(): void {
    const { autoLevelCapping, loadLevel } = this.#hls;
    if (this.#growing && autoLevelCapping >= 0 && loadLevel !== autoLevelCapping) {
      this.#hls.nextLevel = autoLevelCapping;
      this.#manual = autoLevelCapping;
    }
  }

  /** The sounds of the playlist. */
  get sounds(): readonly (SoundFacts & { readonly track: string })[] {
    return this.#hls.audioTracks.map((track, index) => ({
      id: String(index),
      label: track.name,
      language: track.lang ?? '',
      track: trackOf(track.url),
    }));
  }

  /** Id of the sound that is heard. */
  get heard(): string {
    return String(this.#hls.audioTrack);
  }

  hear(id: string): void {
    this.#hls.audioTrack = Number(id);
  }

  /** Frames per second of what is played; 0 if unknown. */
  get frameRate(): number {
    return this.#hls.levels[Math.max(0, this.#hls.currentLevel)]?.frameRate ?? 0;
  }

  /** What has grown to its end is listed without end; what was buffered of it before may still be the worst. */
  #levels(tracks: Tracks | null, duration: number): Level[] {
    return this.#hls.levels.map((level) => ({
      until: tracks === null ? Number.POSITIVE_INFINITY : reach(untilOf(tracks, trackOf(level.uri)), duration),
      segment: level.details?.targetduration ?? SEGMENT_SECONDS,
    }));
  }

  /** A person's choice is taken up at once; leaving it to the player changes nothing that is there already. */
  #choose(level: number): void {
    if (level === this.#manual) return;
    this.#manual = level;
    if (level < 0) this.#hls.loadLevel = -1;
    else this.#hls.nextLevel = level;
  }
}
