/** Something that takes turns: it is started when it is its turn, and tells when it no longer needs one. */
export interface Turn {
  start(): void;
}

/** Lets at most so many run at once, in the order in which they came. */
export class Queue<T extends Turn> {
  readonly #limit: number;
  readonly #running = new Set<T>();
  #waiting: T[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Lines up; what is already waiting or running stays where it is. */
  join(turn: T): void {
    if (this.#running.has(turn) || this.#waiting.includes(turn)) return;
    this.#waiting.push(turn);
    this.#next();
  }

  /** Gives up a turn or a place in the line. */
  leave(turn: T): void {
    this.#running.delete(turn);
    this.#waiting = this.#waiting.filter((other) => other !== turn);
    this.#next();
  }

  #next(): void {
    while (this.#running.size < this.#limit) {
      const turn = this.#waiting.shift();
      if (!turn) return;
      this.#running.add(turn);
      turn.start();
    }
  }
}
