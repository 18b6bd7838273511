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
