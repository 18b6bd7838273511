import Hls, { type ErrorData } from 'hls.js';
import type MediaController from 'media-chrome/dist/media-controller.js';
import './controls';
import { createMediaStore } from 'media-chrome/dist/media-store/media-store.js';
import { stateMediator } from 'media-chrome/dist/media-store/state-mediator.js';
import { Captions } from './captions';
import { Engine, type Listener } from './engine';
import { type Source, isFinished, madeUntil, stepTo, untilOf } from './growth';
import { Qualities } from './quality';
import { endFrom, lastEnd } from './ranges';
import { Sounds } from './sounds';
import { measure } from './stalls';

const RELOAD_PAUSE_MS = 3000;
const GOAL_MS = 8000;
const USUAL_FRAME_RATE = 30;
const NOT_YET = 'That part is still being made.';
const WAITING = 'Waiting for the next part: it is still being made.';

/** The player of the watch page: hls.js under media-chrome's controls, native HLS or plain MP4 where it must be. */
export class Player implements Listener {
  readonly video: HTMLVideoElement;
  readonly controller: MediaController;
  readonly #qualities = new Qualities();
  readonly #sounds = new Sounds((id) => this.#engine?.hear(id));
  readonly #captions: Captions;
  readonly #say: (words: string) => void;
  #engine: Engine | null = null;
  #source: Source | null = null;
  #loaded: string | null = null;
  /** Where somebody wants to go as soon as the playlist reaches that far. */
  #goal: number | null = null;
  #goalTimer: ReturnType<typeof setTimeout> | undefined;
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
    // media-chrome's menus read these; a browser may have audio tracks of its own that know nothing of hls.js.
    Object.defineProperty(video, 'videoRenditions', { value: this.#qualities });
    Object.defineProperty(video, 'audioTracks', { value: this.#sounds });
    this.#captions = new Captions(video);
    this.#qualities.addEventListener('change', () => this.#govern());
    this.controller.mediaStore = this.#createStore();
    measure(video, controller);
    for (const event of ['playing', 'ended']) video.addEventListener(event, () => this.#say(''));
    video.addEventListener('waiting', () => this.#explainWait());
    video.addEventListener('play', () => this.#takeUpFinished());
    setInterval(() => this.#govern(), 1000);
  }

  /** Takes the newest source: loads it, leaves the present one alone, or stops when there is nothing to play any more. */
  update(source: Source, startAt: number): void {
    this.#source = source;
    this.#captions.update(source.subtitles, source.storyboard);
    const step = stepTo(this.#loaded, this.#best(), isFinished(source));
    if (step === 'stop') this.#stop();
    else if (step === 'load') this.#load(this.#loaded === null ? startAt : this.video.currentTime);
    this.#govern();
  }

  /** Starts playing, silently if the browser does not allow sound yet. Answers false if it had to be silent. */
  async play(): Promise<boolean> {
    try {
      await this.video.play();
      return true;
    } catch (refusal) {
      if (!(refusal instanceof DOMException) || refusal.name !== 'NotAllowedError') return true;
      this.video.muted = true;
      await this.video.play().catch(() => undefined);
      return false;
    }
  }

  /** The length of the video in seconds: the known one while the listed part still grows. */
  duration(): number {
    const own = Number.isFinite(this.video.duration) ? this.video.duration : 0;
    return this.#growing() ? Math.max(this.#source?.duration ?? 0, own) : own || (this.#source?.duration ?? 0);
  }

  /** Goes to a position, as far as the video has been made. */
  seek(seconds: number): void {
    const target = Math.max(0, Math.min(seconds, this.duration()));
    this.#goal = null;
    this.#say('');
    if (this.#growing() && target > this.#reachable() - 0.5) {
      this.#say(NOT_YET);
      this.#goTo(Math.max(0, this.#reachable() - 1));
    } else if (!this.#growing() && this.#outgrown() && target > lastEnd(this.video.seekable)) {
      this.#load(target);
    } else {
      this.#goTo(target);
    }
  }

  /** Goes on or back by frames and stops there. */
  step(frames: number): void {
    this.video.pause();
    const rate = this.#engine?.frameRate || USUAL_FRAME_RATE;
    this.seek(this.video.currentTime + frames / rate);
  }

  levels(...[qualities]: Parameters<Listener['levels']>): void {
    this.#qualities.replace(qualities);
    this.#govern();
  }

  sounds(): void {
    this.#showSounds();
  }

  listed(): void {
    this.#govern();
  }

  error(data: ErrorData): void {
    const gone = data.details === Hls.ErrorDetails.FRAG_LOAD_ERROR && data.response?.code === 404;
    if (!data.fatal && !gone) return;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !this.#recovered) {
      this.#recovered = true;
      this.#engine?.recover();
      return;
    }
    this.#reload();
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

  #growing(): boolean {
    return this.#source !== null && this.#source.live !== null;
  }

  /** Whether what is played has grown to its end, and there is a finished video that could be played instead. */
  #outgrown(): boolean {
    const source = this.#source;
    return source !== null && isFinished(source) && this.#engine !== null && this.#loaded !== source.hls;
  }

  #goTo(target: number): void {
    if (target <= lastEnd(this.video.seekable) || this.#engine === null) {
      this.video.currentTime = target;
      return;
    }
    // The rendition that is played is not listed so far, but another one is: read on there first.
    this.#goal = target;
    clearTimeout(this.#goalTimer);
    this.#goalTimer = setTimeout(() => {
      this.#goal = null;
    }, GOAL_MS);
    this.#engine.govern(this.#source?.tracks ?? null, this.duration(), target, target, -1);
    this.#engine.reach();
  }

  #reachable(): number {
    return Math.max(lastEnd(this.video.seekable), madeUntil(this.#source?.tracks ?? []));
  }

  #load(startAt: number): void {
    const source = this.#source;
    if (!source) return;
    const goesOn = this.#loaded !== null && !this.video.paused;
    this.#engine?.destroy();
    this.#engine = null;
    this.#goal = null;
    const best = this.#best();
    if (best === null) return;
    this.#loaded = best;
    if (this.#governs()) this.#engine = new Engine(best, this.video, source.live !== null, startAt, this);
    else this.#loadNative(best, startAt);
    if (goesOn) void this.video.play().catch(() => undefined);
  }

  /** Whether hls.js plays: it is told what may be played and reads the list of all that is planned. */
  #governs(): boolean {
    return this.#source !== null && this.#source.hls !== null && Engine.isSupported();
  }

  /** What would be played if the player began now; null if there is nothing. */
  #best(): string | null {
    const source = this.#source;
    if (!source) return null;
    if (this.#governs()) return source.live ?? source.hls;
    const native = this.video.canPlayType('application/vnd.apple.mpegurl') !== '';
    return native && source.hls !== null ? source.hls : source.mp4;
  }

  #loadNative(url: string, startAt: number): void {
    // A browser that plays HLS itself finds the subtitles in the playlist.
    if (url !== this.#source?.mp4) this.#captions.removeSubtitles();
    this.#qualities.replace([]);
    this.video.src = url;
    if (startAt > 0) {
      this.video.addEventListener('loadedmetadata', () => this.seek(startAt), { once: true });
    }
  }

  #stop(): void {
    this.#engine?.destroy();
    this.#engine = null;
    this.#loaded = null;
    this.video.removeAttribute('src');
    this.video.load();
  }

  /** Tells the engine what may be played now, goes where somebody wanted to go, and shows what is made. */
  #govern(): void {
    const source = this.#source;
    if (!source) return;
    if (this.#goal !== null && this.#goal <= lastEnd(this.video.seekable)) {
      this.video.currentTime = this.#goal;
      this.#goal = null;
    }
    if (this.#goal === null) {
      const tracks = source.live === null ? null : source.tracks;
      const chosen = this.#qualities.selectedIndex;
      const { buffered, currentTime } = this.video;
      this.#engine?.govern(tracks, source.duration, currentTime, endFrom(buffered, currentTime), chosen);
    }
    this.#showSounds();
    this.#showMade();
  }

  #showSounds(): void {
    const engine = this.#engine;
    if (!engine) {
      this.#sounds.show([], '');
      return;
    }
    const { currentTime } = this.video;
    const there = engine.sounds.filter(
      (sound) =>
        !this.#growing() ||
        sound.id === engine.heard ||
        untilOf(this.#source?.tracks ?? [], sound.track) > currentTime,
    );
    this.#sounds.show(there.length > 1 ? there : [], engine.heard);
  }

  /** The part of the time line that is not made yet looks different. */
  #showMade(): void {
    const { controller } = this;
    const share = this.#growing() && this.duration() > 0 ? Math.min(1, this.#reachable() / this.duration()) : 1;
    controller.toggleAttribute('data-growing', share < 1);
    controller.style.setProperty('--made', `${(share * 100).toFixed(1)}%`);
  }

  #explainWait(): void {
    const { buffered, currentTime } = this.video;
    const atEdge = this.#growing() && endFrom(buffered, currentTime) > madeUntil(this.#source?.tracks ?? []) - 1;
    if (atEdge && !this.video.seeking) this.#say(WAITING);
  }

  /** Whoever plays again what has grown to its end gets the finished video. */
  #takeUpFinished(): void {
    const over = this.video.ended || (this.video.currentTime === 0 && this.video.played.length > 0);
    if (!over || !this.#outgrown()) return;
    this.#load(0);
    void this.video.play().catch(() => undefined);
  }

  /** The listed objects may be gone, or the line was: take up what there is now at the same place. */
  #reload(): void {
    const now = performance.now();
    if (now - this.#reloadedAt < RELOAD_PAUSE_MS) {
      this.#say('Playback stopped: the server does not answer. Trying again…');
      this.#engine?.stop();
      clearTimeout(this.#reloadTimer);
      this.#reloadTimer = setTimeout(() => this.#reload(), RELOAD_PAUSE_MS);
      return;
    }
    this.#reloadedAt = now;
    this.#load(this.video.currentTime);
  }
}
