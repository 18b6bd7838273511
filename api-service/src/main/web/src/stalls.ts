/** What playback looked like so far. */
export interface Counts {
  stalls: number;
  stalledMs: number;
}

/**
 * Counts how often and how long the picture stood still while it should have moved. Waiting for the first picture, or
 * after somebody has gone to another place, is no stall.
 */
export class StallClock {
  readonly counts: Counts = { stalls: 0, stalledMs: 0 };
  #begun = false;
  #seeking = false;
  #since: number | null = null;

  /** Takes an event of the media element. */
  on(event: string, now: number): void {
    switch (event) {
      case 'playing':
        this.#begun = true;
        this.#seeking = false;
        this.#end(now);
        break;
      case 'seeking':
      case 'emptied':
        this.#seeking = true;
        this.#end(now);
        break;
      case 'pause':
      case 'ended':
        this.#end(now);
        break;
      case 'waiting':
        if (!this.#begun || this.#seeking || this.#since !== null) break;
        this.counts.stalls++;
        this.#since = now;
        break;
      default:
    }
  }

  #end(now: number): void {
    if (this.#since === null) return;
    this.counts.stalledMs += Math.round(now - this.#since);
    this.#since = null;
  }
}

const EVENTS = ['playing', 'seeking', 'emptied', 'pause', 'ended', 'waiting'];

/** Writes down at the player how playback goes, for whoever wants to measure it. */
export function measure(video: HTMLVideoElement, player: HTMLElement): void {
  const clock = new StallClock();
  const write = (): void => {
    player.dataset['stalls'] = String(clock.counts.stalls);
    player.dataset['stalledMs'] = String(clock.counts.stalledMs);
    const quality = video.getVideoPlaybackQuality();
    player.dataset['frames'] = String(quality.totalVideoFrames);
    player.dataset['dropped'] = String(quality.droppedVideoFrames);
    player.dataset['lines'] = String(Math.min(video.videoWidth, video.videoHeight));
  };
  for (const event of EVENTS) {
    video.addEventListener(event, () => {
      clock.on(event, performance.now());
      write();
    });
  }
  setInterval(write, 1000);
  write();
}
