/** How fast a growing count grows, smoothed over the last seconds so that one slow chunk does not upset the estimate. */
export class Rate {
  readonly #window: number;
  #samples: { at: number; count: number }[] = [];

  /** @param windowMs how many milliseconds back the rate looks */
  constructor(windowMs = 8000) {
    this.#window = windowMs;
  }

  /** Notes that `count` was reached at `atMs`; a count that falls starts the measurement anew. */
  add(count: number, atMs: number): void {
    const last = this.#samples.at(-1);
    if (last && count < last.count) this.#samples = [];
    this.#samples.push({ at: atMs, count });
    while (this.#samples.length > 2 && (this.#samples[0]?.at ?? atMs) < atMs - this.#window) this.#samples.shift();
  }

  /** Forgets everything: the time spent waiting is not part of a speed. */
  reset(): void {
    this.#samples = [];
  }

  /** Growth per second, or null while less than half a second has been seen. */
  perSecond(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at - first.at < 500) return null;
    return ((last.count - first.count) * 1000) / (last.at - first.at);
  }

  /** Seconds until `total` is reached at this speed, or null if that cannot be told. */
  secondsTo(total: number): number | null {
    const speed = this.perSecond();
    const last = this.#samples.at(-1);
    return speed === null || speed <= 0 || !last ? null : Math.max(0, (total - last.count) / speed);
  }
}
