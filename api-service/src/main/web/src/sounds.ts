/** One sound of the video, in the shape of the media-ui extension that media-chrome's menu reads. */
export class Sound {
  readonly kind = 'main';
  #enabled: boolean;

  constructor(
    readonly id: string,
    readonly label: string,
    readonly language: string,
    enabled: boolean,
    private readonly choose: (sound: Sound) => void,
  ) {
    this.#enabled = enabled;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  set enabled(on: boolean) {
    const chosen = on && !this.#enabled;
    this.#enabled = on;
    if (chosen) this.choose(this);
  }
}

/** What a sound is made from. */
export interface SoundFacts {
  readonly id: string;
  readonly label: string;
  readonly language: string;
}

/** The sounds that a person may choose from. Fires `addtrack`, `removetrack` and `change`. */
export class Sounds extends EventTarget {
  #list: readonly Sound[] = [];
  readonly #choose: (id: string) => void;

  /** @param choose told the id of the sound that a person has chosen */
  constructor(choose: (id: string) => void) {
    super();
    this.#choose = choose;
  }

  get length(): number {
    return this.#list.length;
  }

  [Symbol.iterator](): Iterator<Sound> {
    return this.#list[Symbol.iterator]();
  }

  /** Shows these sounds, one of which is heard; does nothing if they are shown already. */
  show(sounds: readonly SoundFacts[], heard: string): void {
    const same = sounds.length === this.#list.length && sounds.every((sound, index) => sound.id === this.#list[index]?.id);
    if (same && this.#list.find((sound) => sound.enabled)?.id === heard) return;
    const fewer = sounds.length < this.#list.length;
    this.#list = sounds.map(
      (sound) =>
        new Sound(sound.id, sound.label, sound.language, sound.id === heard, (chosen) => {
          this.#choose(chosen.id);
          this.dispatchEvent(new Event('change'));
        }),
    );
    this.dispatchEvent(new Event(fewer ? 'removetrack' : 'addtrack'));
  }
}
