/** One quality of the video, in the shape of the media-ui extension that media-chrome's menu reads. */
export interface Quality {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly bitrate: number;
}

/** The list of qualities a person may choose from; -1 leaves the choice to the player. Fires `change`. */
export class Qualities extends EventTarget {
  readonly [index: number]: Quality;
  #list: readonly Quality[] = [];
  #selected = -1;

  get length(): number {
    return this.#list.length;
  }

  get selectedIndex(): number {
    return this.#selected;
  }

  set selectedIndex(index: number) {
    if (this.#selected === index) return;
    this.#selected = index;
    this.dispatchEvent(new Event('change'));
  }

  [Symbol.iterator](): Iterator<Quality> {
    return this.#list[Symbol.iterator]();
  }

  /** Takes the qualities of a newly read playlist; a choice survives if its height is still there. */
  replace(list: readonly Quality[]): void {
    const chosen = this.#list[this.#selected]?.height;
    for (let index = 0; index < this.#list.length; index++) Reflect.deleteProperty(this, index);
    this.#list = list;
    list.forEach((quality, index) => Object.defineProperty(this, index, { value: quality, configurable: true }));
    this.#selected = chosen === undefined ? -1 : list.findIndex((quality) => quality.height === chosen);
    this.dispatchEvent(new Event(list.length === 0 ? 'removerendition' : 'addrendition'));
  }
}

/**
 * The highest rung that may be played while playlists grow: the one that is listed at least two segments beyond the
 * end of the player's buffer, or the lowest, which always leads. A player that is let onto a rung which lags behind
 * stays there and stalls. -1 means no cap: nothing is growing.
 *
 * @param listedUntil seconds listed of each rung, lowest rung first; null where not known, which counts as nothing
 * @param bufferEnd the end of the player's buffer in seconds
 * @param segment the length of a segment in seconds
 */
export function capLevel(listedUntil: readonly (number | null)[], bufferEnd: number, segment: number): number {
  if (listedUntil.length === 0) return -1;
  for (let level = listedUntil.length - 1; level > 0; level--) {
    const until = listedUntil[level];
    if (until !== null && until !== undefined && until >= bufferEnd + 2 * segment) return level;
  }
  return 0;
}

/** Lines up what the status stream says about rungs with the player's levels, by height. */
export function listedByLevel(
  levels: readonly { readonly height: number }[],
  rungs: readonly { readonly height: number; readonly until: number }[] | undefined,
): (number | null)[] {
  if (!rungs || rungs.length === 0) return [];
  return levels.map((level) => rungs.find((rung) => rung.height === level.height)?.until ?? null);
}
