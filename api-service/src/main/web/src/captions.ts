import type { Subtitles } from './video';

const KEY = 'millrace.subtitles';
const OFF = 'off';

/** The language that this browser's owner reads; null if they have never chosen, or chose none. */
export function remembered(storage: Pick<Storage, 'getItem'> = localStorage): string | null {
  try {
    const value = storage.getItem(KEY);
    return value === OFF ? null : value;
  } catch {
    return null;
  }
}

/** The subtitles to show of those there are: the ones in the language that was chosen last, or none. */
export function wanted(there: readonly Subtitles[], language: string | null): Subtitles | null {
  if (language === null) return null;
  return there.find((subtitles) => (subtitles.language ?? subtitles.label) === language) ?? null;
}

/** The text tracks of the player: subtitles, off until chosen, and the small pictures of the time line. */
export class Captions {
  readonly #video: HTMLVideoElement;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    video.textTracks.addEventListener('change', () => this.#remember());
  }

  /** Takes the tracks there are now; those that are there already stay as they are. */
  update(subtitles: readonly Subtitles[], storyboard: string | null): void {
    const addresses = new Set([...subtitles.map((each) => each.url), ...(storyboard === null ? [] : [storyboard])]);
    for (const track of this.#tracks()) {
      if (!addresses.delete(track.getAttribute('src') ?? '')) track.remove();
    }
    const choice = wanted(subtitles, remembered());
    for (const each of subtitles) {
      if (!addresses.has(each.url)) continue;
      const track = this.#add('subtitles', each.label, each.url);
      track.srclang = each.language ?? '';
    }
    if (storyboard !== null && addresses.has(storyboard)) this.#add('metadata', 'thumbnails', storyboard).default = true;
    this.#show(choice?.url ?? null);
  }

  /** Leaves the subtitles to a player that finds them in the playlist itself. */
  removeSubtitles(): void {
    for (const track of this.#tracks()) if (track.kind === 'subtitles') track.remove();
  }

  #add(kind: 'subtitles' | 'metadata', label: string, url: string): HTMLTrackElement {
    const track = document.createElement('track');
    track.kind = kind;
    track.label = label;
    track.src = url;
    this.#video.append(track);
    return track;
  }

  #show(url: string | null): void {
    for (const track of this.#tracks()) {
      if (track.kind === 'metadata') {
        if (track.track.mode === 'disabled') track.track.mode = 'hidden';
      } else if (url !== null && track.getAttribute('src') === url && !this.#anyShown()) {
        track.track.mode = 'showing';
      }
    }
  }

  #anyShown(): boolean {
    return [...this.#video.textTracks].some((track) => track.kind === 'subtitles' && track.mode === 'showing');
  }

  #remember(): void {
    const readable = [...this.#video.textTracks].filter((track) => track.kind === 'subtitles');
    if (readable.length === 0) return;
    const shown = readable.find((track) => track.mode === 'showing');
    try {
      localStorage.setItem(KEY, shown ? shown.language || shown.label : OFF);
    } catch {
      // Without storage the choice holds for this page only.
    }
  }

  #tracks(): HTMLTrackElement[] {
    return [...this.#video.querySelectorAll('track')];
  }
}
