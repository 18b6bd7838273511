import Hls, { type ErrorData } from 'hls.js';
import type MediaController from 'media-chrome/dist/media-controller.js';
import 'media-chrome/dist/media-controller.js';
import 'media-chrome/dist/media-control-bar.js';
import 'media-chrome/dist/media-play-button.js';
import 'media-chrome/dist/media-mute-button.js';
import 'media-chrome/dist/media-volume-range.js';
import 'media-chrome/dist/media-time-range.js';
import 'media-chrome/dist/media-time-display.js';
import 'media-chrome/dist/media-captions-button.js';
import 'media-chrome/dist/media-pip-button.js';
import 'media-chrome/dist/media-fullscreen-button.js';
import 'media-chrome/dist/media-loading-indicator.js';
import 'media-chrome/dist/menu/media-settings-menu.js';
import 'media-chrome/dist/menu/media-settings-menu-button.js';
import 'media-chrome/dist/menu/media-settings-menu-item.js';
import 'media-chrome/dist/menu/media-rendition-menu.js';
import 'media-chrome/dist/menu/media-playback-rate-menu.js';
import { createMediaStore } from 'media-chrome/dist/media-store/media-store.js';
import { stateMediator } from 'media-chrome/dist/media-store/state-mediator.js';
import { Qualities, capLevel, listedByLevel } from './quality';
import type { Status } from './video';

const SEGMENT_SECONDS = 2;
const RELOAD_PAUSE_MS = 3000;

/** Where a video's bytes are and what is known of it; changes while it is being made. */
export interface Source {
  readonly hls: string | null;
  readonly mp4: string | null;
  /** True while playlists still grow. */
  readonly growing: boolean;
  /** Length in seconds as the server knows it; 0 when it does not. */
  readonly duration: number;
  readonly rungs: Status['rungs'];
}

/** The player of the watch page: hls.js under media-chrome's controls, native HLS or plain MP4 where it must be. */
export class Player {
  readonly video: HTMLVideoElement;
  readonly controller: MediaController;
  readonly #qualities = new Qualities();
  readonly #say: (words: string) => void;
  #hls: Hls | null = null;
  #source: Source | null = null;
  #loaded: string | null = null;
  #reloadedAt = Number.NEGATIVE_INFINITY;
  #reloadTimer: ReturnType<typeof setTimeout> | undefined;
  #recovered = false;

  /** @param say shows a sentence about playback to the person; an empty one takes it away */
  constructor(controller: HTMLElement, video: HTMLVideoElement, say: (words: string) => void) {
    this.controller = controller as MediaController;
    this.video = video;
    this.#say = say;
    video.removeAttribute('controls');
    video.removeAttribute('src');
    Object.assign(video, { videoRenditions: this.#qualities });
    this.#qualities.addEventListener('change', () => {
      if (this.#hls) this.#hls.nextLevel = this.#qualities.selectedIndex;
    });
    this.controller.mediaStore = this.#createStore();
    video.addEventListener('playing', () => this.#say(''));
    setInterval(() => this.#cap(), 1000);
  }

  /** Takes the newest source. The first one is loaded; later ones when the present one ends or breaks. */
  update(source: Source, startAt: number): void {
    const before = this.#source;
    this.#source = source;
    if (this.#loaded === null) this.#load(startAt);
    else if (before?.growing && !source.growing && this.video.paused && source.hls !== this.#loaded) {
      this.#load(this.video.currentTime);
    }
  }

  /** Starts playing, silently if the browser does not allow sound yet. Answers false if it had to be silent. */
  async play(): Promise<boolean> {
    try {
      await this.video.play();
      return true;
    } catch {
      this.video.muted = true;
      await this.video.play().catch(() => undefined);
      return false;
    }
  }

  /** The length of the video in seconds: the known one while the listed part still grows. */
  duration(): number {
    const own = Number.isFinite(this.video.duration) ? this.video.duration : 0;
    return this.#source?.growing ? Math.max(this.#source.duration, own) : own || (this.#source?.duration ?? 0);
  }

  /** Goes to a position, as far as the video has been made. */
  seek(seconds: number): void {
    const { seekable } = this.video;
    const end = seekable.length > 0 ? seekable.end(seekable.length - 1) : 0;
    const target = Math.max(0, Math.min(seconds, this.duration()));
    if (this.#source?.growing && target > end - 1) {
      this.#say('That part is still being made.');
      this.video.currentTime = Math.max(0, end - 1);
    } else {
      this.video.currentTime = target;
    }
  }

  #createStore(): MediaController['mediaStore'] {
    return createMediaStore({
      media: this.video,
      fullscreenElement: this.controller,
      documentElement: document,
      stateMediator: {
        ...stateMediator,
        mediaDuration: { ...stateMediator.mediaDuration, get: () => this.duration() || Number.NaN },
        mediaCurrentTime: { ...stateMediator.mediaCurrentTime, set: (value: number) => this.seek(value) },
      },
    });
  }

  #load(startAt: number): void {
    const source = this.#source;
    if (!source) return;
    this.#hls?.destroy();
    this.#hls = null;
    if (source.hls && Hls.isSupported()) this.#loadWithHls(source.hls, source, startAt);
    else if (source.hls && this.video.canPlayType('application/vnd.apple.mpegurl') !== '') {
      this.#loadNative(source.hls, startAt);
    } else if (source.mp4) this.#loadNative(source.mp4, startAt);
  }

  #loadWithHls(url: string, source: Source, startAt: number): void {
    this.#loaded = url;
    // A growing playlist is an EVENT playlist: without these hls.js starts near its end, and on a rung that may lag.
    const hls = new Hls(source.growing ? { startPosition: startAt, startLevel: 0 } : { startPosition: startAt || -1 });
    this.#hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      this.#qualities.replace(
        hls.levels.map((level, index) => ({
          id: `${index}-${level.height}`,
          width: level.width,
          height: level.height,
          bitrate: level.bitrate,
        })),
      );
      this.#cap();
    });
    hls.on(Hls.Events.FRAG_LOADING, () => this.#cap());
    hls.on(Hls.Events.ERROR, (_event, data) => this.#onError(data));
    hls.loadSource(url);
    hls.attachMedia(this.video);
  }

  #loadNative(url: string, startAt: number): void {
    this.#loaded = url;
    this.#qualities.replace([]);
    this.video.src = url;
    if (startAt > 0) {
      this.video.addEventListener('loadedmetadata', () => this.seek(startAt), { once: true });
    }
  }

  #cap(): void {
    const hls = this.#hls;
    const source = this.#source;
    if (!hls || !source) return;
    const listed = source.growing ? listedByLevel(hls.levels, source.rungs) : [];
    hls.autoLevelCapping = capLevel(listed, this.#bufferEnd(), SEGMENT_SECONDS);
  }

  #bufferEnd(): number {
    const { buffered, currentTime } = this.video;
    for (let index = 0; index < buffered.length; index++) {
      if (buffered.start(index) <= currentTime + 0.1 && buffered.end(index) > currentTime) return buffered.end(index);
    }
    return currentTime;
  }

  #onError(data: ErrorData): void {
    const gone = data.details === Hls.ErrorDetails.FRAG_LOAD_ERROR && data.response?.code === 404;
    if (!data.fatal && !gone) {
      if (data.details === Hls.ErrorDetails.BUFFER_STALLED_ERROR && this.#source?.growing) {
        this.#say('Waiting for the next part: it is still being made.');
      }
      return;
    }
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !this.#recovered) {
      this.#recovered = true;
      this.#hls?.recoverMediaError();
      return;
    }
    this.#reload();
  }

  /** The listed objects may have been replaced by the finished video: take it up at the same place. */
  #reload(): void {
    const now = performance.now();
    if (now - this.#reloadedAt < RELOAD_PAUSE_MS) {
      this.#say('Playback stopped: the server does not answer. Trying again…');
      this.#hls?.stopLoad();
      clearTimeout(this.#reloadTimer);
      this.#reloadTimer = setTimeout(() => this.#reload(), RELOAD_PAUSE_MS);
      return;
    }
    this.#reloadedAt = now;
    const playing = !this.video.paused;
    this.#load(this.video.currentTime);
    if (playing) void this.video.play().catch(() => undefined);
  }
}
